// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"encoding/json"
	"fmt"
	"os"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
)

// The users of the token file. Only tests of a cluster that lives for minutes on loopback know them.
const (
	viewerToken = "viewer-token-of-the-test-cluster"
	pluginToken = "plugin-token-of-the-test-cluster"
)

// component is a user of the control plane itself: what it is called, and in which groups it is.
type component struct {
	name, commonName string
	groups           []string
}

var components = []component{
	{"admin", "admin", []string{"system:masters"}},
	{"player", "kubelet-player", []string{"system:masters"}},
	{"controller-manager", "system:kube-controller-manager", nil},
	{"scheduler", "system:kube-scheduler", nil},
}

func (s settings) server() string { return fmt.Sprintf("https://127.0.0.1:%d", s.ServerPort) }

// writeKubeconfigs writes one for each component, and the one with four contexts that people and tests use.
func writeKubeconfigs(p place, s settings) error {
	for _, user := range components {
		config := clientcmdapi.NewConfig()
		config.Clusters["test"] = cluster(p, s)
		config.AuthInfos[user.name] = certificateUser(p, user.name)
		config.Contexts["test"] = &clientcmdapi.Context{Cluster: "test", AuthInfo: user.name}
		config.CurrentContext = "test"
		if err := clientcmd.WriteToFile(*config, p.file("pki", user.name+".kubeconfig")); err != nil {
			return err
		}
	}
	config, err := fourContexts(p, s)
	if err != nil {
		return err
	}
	return clientcmd.WriteToFile(*config, p.kubeconfig())
}

func cluster(p place, s settings) *clientcmdapi.Cluster {
	return &clientcmdapi.Cluster{Server: s.server(), CertificateAuthority: p.file("pki", "ca.crt")}
}

func certificateUser(p place, name string) *clientcmdapi.AuthInfo {
	return &clientcmdapi.AuthInfo{
		ClientCertificate: p.file("pki", name+".crt"),
		ClientKey:         p.file("pki", name+".key"),
	}
}

// fourContexts: an admin by certificate, one who may only look at one namespace, an admin by plugin, and a dead server.
func fourContexts(p place, s settings) (*clientcmdapi.Config, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	config := clientcmdapi.NewConfig()
	config.Clusters["test"] = cluster(p, s)
	// Port 9 (discard) answers nowhere: a refused connection at once.
	config.Clusters["unreachable"] = &clientcmdapi.Cluster{Server: "https://127.0.0.1:9", CertificateAuthority: p.file("pki", "ca.crt")}
	config.AuthInfos["admin"] = certificateUser(p, "admin")
	config.AuthInfos["viewer"] = &clientcmdapi.AuthInfo{Token: viewerToken}
	config.AuthInfos["plugin"] = &clientcmdapi.AuthInfo{Exec: &clientcmdapi.ExecConfig{
		APIVersion:      "client.authentication.k8s.io/v1",
		Command:         program,
		Args:            []string{"credential"},
		Env:             []clientcmdapi.ExecEnvVar{{Name: "PK_CLUSTER_DIR", Value: p.dir}},
		InteractiveMode: clientcmdapi.NeverExecInteractiveMode,
	}}
	for _, name := range []string{"admin", "viewer", "plugin"} {
		config.Contexts[name] = &clientcmdapi.Context{Cluster: "test", AuthInfo: name, Namespace: s.Namespace}
	}
	config.Contexts["unreachable"] = &clientcmdapi.Context{Cluster: "unreachable", AuthInfo: "admin", Namespace: s.Namespace}
	config.CurrentContext = "admin"
	return config, nil
}

// writeTokens writes the API server's token file.
func writeTokens(p place) error {
	text := viewerToken + ",viewer,2,\"viewers\"\n" + pluginToken + ",plugin,3,\"system:masters\"\n"
	return os.WriteFile(p.file("pki", "tokens.csv"), []byte(text), 0o600)
}

// printCredential is the exec plugin of the context "plugin".
func printCredential(p place) error {
	if _, err := p.settings(); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]any{
		"apiVersion": "client.authentication.k8s.io/v1",
		"kind":       "ExecCredential",
		"status":     map[string]any{"token": pluginToken},
	})
}

// restConfig reads the kubeconfig of a component; the limits of client-go for one user are lifted, as one player is many.
func restConfig(p place, name string) (*rest.Config, error) {
	config, err := clientcmd.BuildConfigFromFlags("", p.file("pki", name+".kubeconfig"))
	if err != nil {
		return nil, err
	}
	config.QPS, config.Burst = 1000, 2000
	return config, nil
}

func adminClient(p place) (*kubernetes.Clientset, error) {
	config, err := restConfig(p, "admin")
	if err != nil {
		return nil, err
	}
	return kubernetes.NewForConfig(config)
}

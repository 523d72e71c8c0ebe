// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/kubernetes"
)

// programs of the control plane, in the order in which they start.
var programs = []string{"etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"}

func (p place) processes() []process {
	result := make([]process, 0, len(programs)+1)
	for _, name := range append(slices.Clone(programs), "player") {
		result = append(result, process{name: name, p: p})
	}
	return result
}

// steps prints one line per step with the time that it took.
type steps struct{ last time.Time }

func (s *steps) done(what string) {
	fmt.Printf("  %-46s %5.1f s\n", what, time.Since(s.last).Seconds())
	s.last = time.Now()
}

// up starts the cluster. It does nothing when it runs, and begins anew when only a part of it does.
func up(ctx context.Context, p place, args []string) error {
	wanted, err := wantedSettings(args)
	if err != nil {
		return err
	}
	if p.exists() {
		if running(p) {
			fmt.Println("the cluster runs already in", p.dir)
			return nil
		}
		if err := down(p); err != nil {
			return err
		}
	}
	for _, name := range programs {
		if _, err := os.Stat(filepath.Join(p.bin, name)); err != nil {
			return fmt.Errorf("%s is not in %q (PK_CLUSTER_BIN)", name, p.bin)
		}
	}
	if err := start(ctx, p, wanted); err != nil {
		for _, program := range p.processes() {
			if words := program.lastWords(); program.pid() == 0 && words != "" {
				fmt.Fprintf(os.Stderr, "--- %s.log\n%s\n", program.name, words)
			}
		}
		return errors.Join(err, down(p))
	}
	fmt.Printf("KUBECONFIG=%s\n", p.kubeconfig())
	return nil
}

func wantedSettings(args []string) (settings, error) {
	result := settings{}
	flags := flag.NewFlagSet("up", flag.ContinueOnError)
	nodes := flags.String("nodes", "runners-a-4kq7,runners-a-9tzx,runners-b-m2vd,runners-b-x8wn", "names")
	flags.Float64Var(&result.Speed, "speed", 1, "2 is twice as fast")
	flags.StringVar(&result.Namespace, "namespace", "spacelift", "the namespace that the contexts name")
	if err := flags.Parse(args); err != nil {
		return result, err
	}
	if result.Speed <= 0 {
		return result, errors.New("--speed must be above 0")
	}
	result.Nodes = strings.Split(*nodes, ",")
	ports, err := freePorts(4)
	if err != nil {
		return result, err
	}
	result.ServerPort, result.EtcdPort, result.PeerPort, result.ProxyPort = ports[0], ports[1], ports[2], ports[3]
	return result, nil
}

// freePorts asks the system for ports on loopback that nobody uses; all are held until the last is known.
func freePorts(count int) ([]int, error) {
	ports := make([]int, 0, count)
	for range count {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer listener.Close()
		ports = append(ports, listener.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}

func running(p place) bool {
	return !slices.ContainsFunc(p.processes(), func(c process) bool { return c.pid() == 0 })
}

func start(ctx context.Context, p place, s settings) error {
	progress := &steps{last: time.Now()}
	if err := prepare(p, s); err != nil {
		return err
	}
	progress.done("certificates")
	if err := startServer(p, s); err != nil {
		return err
	}
	client, err := adminClient(p)
	if err != nil {
		return err
	}
	if err := p.waitFor(ctx, "the API server", func(ctx context.Context) bool {
		return client.Discovery().RESTClient().Get().AbsPath("/readyz").Do(ctx).Error() == nil
	}); err != nil {
		return err
	}
	progress.done("etcd and API server " + s.server())
	if err := startRest(p); err != nil {
		return err
	}
	if err := createBasics(ctx, client, s); err != nil {
		return err
	}
	if err := p.waitFor(ctx, "the service account "+s.Namespace+"/default", func(ctx context.Context) bool {
		_, err := client.CoreV1().ServiceAccounts(s.Namespace).Get(ctx, "default", metav1.GetOptions{})
		return err == nil
	}); err != nil {
		return err
	}
	progress.done("controllers and scheduler")
	if err := p.waitFor(ctx, "the nodes", func(ctx context.Context) bool { return nodesReady(ctx, client, len(s.Nodes)) }); err != nil {
		return err
	}
	progress.done(strconv.Itoa(len(s.Nodes)) + " nodes ready")
	return nil
}

// prepare makes the folder with certificates and kubeconfigs.
func prepare(p place, s settings) error {
	if entries, err := os.ReadDir(p.dir); err == nil && len(entries) > 0 {
		return fmt.Errorf("%s is not empty and not a cluster of ours", p.dir)
	}
	if err := os.MkdirAll(p.file("pki"), 0o700); err != nil {
		return err
	}
	if err := writeJSON(p.marker(), s); err != nil {
		return err
	}
	ca, err := newAuthority(p.file("pki"))
	if err != nil {
		return err
	}
	for _, user := range components {
		if err := ca.issue(user.name, user.commonName, user.groups, nil); err != nil {
			return err
		}
	}
	for name, hosts := range map[string][]string{"server": {"kubernetes.default.svc"}, "service-accounts": nil, "kubelet": s.Nodes} {
		if err := ca.issue(name, name, nil, hosts); err != nil {
			return err
		}
	}
	if err := writeTokens(p); err != nil {
		return err
	}
	if err := os.WriteFile(p.file("egress.yaml"), []byte(egressConfiguration(p, s)), 0o600); err != nil {
		return err
	}
	return writeKubeconfigs(p, s)
}

// egressConfiguration sends what the API server says to nodes to the player: nodes then need no address of their own,
// and the server does not refuse to talk to them, as it does for loopback.
func egressConfiguration(p place, s settings) string {
	return fmt.Sprintf(`apiVersion: apiserver.k8s.io/v1beta1
kind: EgressSelectorConfiguration
egressSelections:
- name: cluster
  connection:
    proxyProtocol: HTTPConnect
    transport:
      tcp:
        url: https://127.0.0.1:%d
        tlsConfig:
          caBundle: %s
          clientCert: %s
          clientKey: %s
`, s.ProxyPort, p.file("pki", "ca.crt"), p.file("pki", "admin.crt"), p.file("pki", "admin.key"))
}

func startServer(p place, s settings) error {
	etcd := fmt.Sprintf("http://127.0.0.1:%d", s.EtcdPort)
	peer := fmt.Sprintf("http://127.0.0.1:%d", s.PeerPort)
	err := process{"etcd", p}.start(filepath.Join(p.bin, "etcd"),
		"--data-dir", p.file("etcd"), "--listen-client-urls", etcd, "--advertise-client-urls", etcd,
		"--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", "default="+peer,
		"--unsafe-no-fsync", "--log-level", "warn")
	if err != nil {
		return err
	}
	pki := func(name string) string { return p.file("pki", name) }
	return process{"kube-apiserver", p}.start(filepath.Join(p.bin, "kube-apiserver"),
		"--etcd-servers", etcd, "--bind-address", "127.0.0.1", "--advertise-address", "127.0.0.1",
		"--secure-port", strconv.Itoa(s.ServerPort), "--endpoint-reconciler-type", "none",
		"--tls-cert-file", pki("server.crt"), "--tls-private-key-file", pki("server.key"),
		"--client-ca-file", pki("ca.crt"), "--token-auth-file", pki("tokens.csv"),
		"--service-account-issuer", "https://kubernetes.default.svc", "--service-cluster-ip-range", "10.96.0.0/16",
		"--service-account-key-file", pki("service-accounts.crt"),
		"--service-account-signing-key-file", pki("service-accounts.key"),
		"--kubelet-client-certificate", pki("admin.crt"), "--kubelet-client-key", pki("admin.key"),
		"--kubelet-preferred-address-types", "InternalIP", "--egress-selector-config-file", p.file("egress.yaml"),
		"--authorization-mode", "Node,RBAC", "--allow-privileged")
}

// startRest starts what needs a server that answers: the controller manager gives up after ten seconds without one.
func startRest(p place) error {
	pki := func(name string) string { return p.file("pki", name) }
	err := process{"kube-controller-manager", p}.start(filepath.Join(p.bin, "kube-controller-manager"),
		"--kubeconfig", pki("controller-manager.kubeconfig"), "--use-service-account-credentials",
		"--service-account-private-key-file", pki("service-accounts.key"), "--root-ca-file", pki("ca.crt"),
		"--cluster-signing-cert-file", pki("ca.crt"), "--cluster-signing-key-file", pki("ca.key"),
		"--leader-elect=false", "--secure-port", "0", "--kube-api-qps", "1000", "--kube-api-burst", "1000", "--controllers", "*,-nodeipam,-node-route-controller")
	if err != nil {
		return err
	}
	err = process{"kube-scheduler", p}.start(filepath.Join(p.bin, "kube-scheduler"),
		"--kubeconfig", pki("scheduler.kubeconfig"), "--leader-elect=false", "--secure-port", "0", "--kube-api-qps", "1000", "--kube-api-burst", "1000")
	if err != nil {
		return err
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	return process{"player", p}.start(program, "play")
}

// waitFor asks until it is so, and gives up early when a process has ended.
func (p place) waitFor(ctx context.Context, what string, isSo func(context.Context) bool) error {
	err := wait.PollUntilContextTimeout(ctx, 50*time.Millisecond, 2*time.Minute, true, func(ctx context.Context) (bool, error) {
		if isSo(ctx) {
			return true, nil
		}
		for _, program := range p.processes() {
			if _, err := os.Stat(program.pidFile()); err == nil && program.pid() == 0 {
				return false, fmt.Errorf("%s has ended", program.name)
			}
		}
		return false, nil
	})
	if err != nil {
		return fmt.Errorf("waiting for %s: %w", what, err)
	}
	return nil
}

func nodesReady(ctx context.Context, client kubernetes.Interface, count int) bool {
	nodes, err := client.CoreV1().Nodes().List(ctx, metav1.ListOptions{})
	if err != nil || len(nodes.Items) < count {
		return false
	}
	for _, node := range nodes.Items {
		ready := slices.ContainsFunc(node.Status.Conditions, func(c corev1.NodeCondition) bool {
			return c.Type == corev1.NodeReady && c.Status == corev1.ConditionTrue
		})
		if !ready || len(node.Spec.Taints) > 0 {
			return false
		}
	}
	return true
}

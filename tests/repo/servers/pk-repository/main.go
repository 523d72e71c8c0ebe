// SPDX-License-Identifier: GPL-3.0-or-later

// pk-repository FOLDER: a chart repository on loopback for tests. It makes its own authority and certificates, serves
// FOLDER/www over http and https, and writes what it is called to FOLDER/servers.json when it listens. It ends when its
// standard input does.
//
//	/plain/...     for everybody
//	/basic/...     for user "ann" with password "s3cret word"
//	/moved/...     sent on to /plain/... of the other server (http to https), to see what goes along
//	/slow/...      the first bytes, then nothing until the client has gone
//	/token         a token service for the registry: a token for ann, and one without rights for nobody
//
// A second https server asks for a client certificate. Every request is a line in FOLDER/requests.log:
// SERVER METHOD PATH AUTHORIZATION ("-", or the word in front of the credentials and the user).
package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

const user, password = "ann", "s3cret word"

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	folder      string
	serial      int64
}

func writePem(path, kind string, der []byte) {
	check(os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600))
}

func newAuthority(folder, file, name string) *authority {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	check(err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour), IsCA: true,
		KeyUsage: x509.KeyUsageCertSign, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	check(err)
	writePem(filepath.Join(folder, file), "CERTIFICATE", der)
	certificate, err := x509.ParseCertificate(der)
	check(err)
	return &authority{certificate, key, folder, 1}
}

// issue writes NAME.crt and NAME.key.
func (a *authority) issue(name string, usage x509.ExtKeyUsage, public crypto.PublicKey, private any) tls.Certificate {
	a.serial++
	template := &x509.Certificate{SerialNumber: big.NewInt(a.serial), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{usage},
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, public, a.key)
	check(err)
	keyDer, err := x509.MarshalPKCS8PrivateKey(private)
	check(err)
	crt, key := filepath.Join(a.folder, name+".crt"), filepath.Join(a.folder, name+".key")
	writePem(crt, "CERTIFICATE", der)
	writePem(key, "PRIVATE KEY", keyDer)
	pair, err := tls.LoadX509KeyPair(crt, key)
	check(err)
	return pair
}

func (a *authority) issueNew(name string, usage x509.ExtKeyUsage) tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	check(err)
	return a.issue(name, usage, key.Public(), key)
}

func encode(value any) string {
	text, err := json.Marshal(value)
	check(err)
	return base64.RawURLEncoding.EncodeToString(text)
}

type site struct {
	folder  string
	name    string
	other   *string
	log     *os.File
	lock    *sync.Mutex
	signer  *rsa.PrivateKey
	chained string // The token certificate, base64 of DER.
}

func (s *site) note(r *http.Request) {
	who := "-"
	if name, _, ok := r.BasicAuth(); ok {
		who = "Basic:" + name
	} else if header := r.Header.Get("Authorization"); header != "" {
		who, _, _ = strings.Cut(header, " ")
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	fmt.Fprintln(s.log, s.name, r.Method, r.URL.RequestURI(), who)
}

// token answers as docker's token service does: a JWT with what may be done.
func (s *site) token(w http.ResponseWriter, r *http.Request) {
	name, given, ok := r.BasicAuth()
	if ok && (name != user || given != password) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	access := []any{}
	for _, scope := range r.URL.Query()["scope"] {
		parts := strings.Split(scope, ":")
		if ok && len(parts) == 3 {
			access = append(access, map[string]any{"type": parts[0], "name": parts[1], "actions": strings.Split(parts[2], ",")})
		}
	}
	header := map[string]any{"typ": "JWT", "alg": "RS256", "x5c": []string{s.chained}}
	now := time.Now().Unix()
	claims := map[string]any{"iss": "pk-repository", "sub": name, "aud": r.URL.Query().Get("service"), "exp": now + 600,
		"nbf": now - 60, "iat": now - 60, "jti": fmt.Sprint(now), "access": access}
	signed := encode(header) + "." + encode(claims)
	digest := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, s.signer, crypto.SHA256, digest[:])
	check(err)
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]string{"token": signed + "." + base64.RawURLEncoding.EncodeToString(signature)})
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.note(r)
	area, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	switch area {
	case "basic":
		if name, given, ok := r.BasicAuth(); !ok || name != user || given != password {
			w.Header().Set("WWW-Authenticate", `Basic realm="charts"`)
			http.Error(w, "no", http.StatusUnauthorized)
			return
		}
	case "plain":
	case "moved":
		http.Redirect(w, r, *s.other+"/plain/"+rest, http.StatusFound)
		return
	case "slow":
		w.Write([]byte("apiVersion: v1\n"))
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		return
	case "token":
		s.token(w, r)
		return
	default:
		http.NotFound(w, r)
		return
	}
	http.ServeFile(w, r, filepath.Join(s.folder, "www", filepath.Clean("/"+rest)))
}

func listen() (net.Listener, string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	return listener, listener.Addr().String()
}

func main() {
	folder := os.Args[1]
	requests, err := os.Create(filepath.Join(folder, "requests.log"))
	check(err)
	trusted, clients := newAuthority(folder, "ca.crt", "pk test authority"), newAuthority(folder, "client-ca.crt", "pk clients")
	server := trusted.issueNew("server", x509.ExtKeyUsageServerAuth)
	clients.issueNew("client", x509.ExtKeyUsageClientAuth)
	signer, err := rsa.GenerateKey(rand.Reader, 2048)
	check(err)
	chain := trusted.issue("token", x509.ExtKeyUsageServerAuth, signer.Public(), signer)

	plain, plainAddress := listen()
	secure, secureAddress := listen()
	mutual, mutualAddress := listen()
	urls := map[string]string{"http": "http://" + plainAddress, "https": "https://" + secureAddress, "mutual": "https://" + mutualAddress}
	lock := &sync.Mutex{}
	serve := func(name, other string, listener net.Listener, config *tls.Config) {
		target := urls[other]
		handler := &site{folder, name, &target, requests, lock, signer, base64.StdEncoding.EncodeToString(chain.Certificate[0])}
		quiet := log.New(io.Discard, "", 0)
		instance := &http.Server{Handler: handler, TLSConfig: config, ErrorLog: quiet}
		if config == nil {
			go instance.Serve(listener)
		} else {
			go instance.ServeTLS(listener, "", "")
		}
	}
	pool := x509.NewCertPool()
	pool.AddCert(clients.certificate)
	serve("http", "https", plain, nil)
	serve("https", "mutual", secure, &tls.Config{Certificates: []tls.Certificate{server}})
	serve("mutual", "https", mutual, &tls.Config{Certificates: []tls.Certificate{server}, ClientCAs: pool, ClientAuth: tls.RequireAndVerifyClientCert})
	text, err := json.Marshal(urls)
	check(err)
	check(os.WriteFile(filepath.Join(folder, "servers.json.part"), text, 0o644))
	check(os.Rename(filepath.Join(folder, "servers.json.part"), filepath.Join(folder, "servers.json")))
	io.Copy(io.Discard, os.Stdin)
}

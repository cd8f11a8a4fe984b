// Sends one small checkout trace with a Go client library of Debian's and prints what was sent as one JSON line.
// usage: clients CLIENT HOST:PORT SERVICE-PREFIX
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

var clients = map[string]func(target, prefix string) (sentTrace, error){
	"go-otel-jaeger-udp":  otelJaegerUDP,
	"go-otel-jaeger-http": otelJaegerHTTP,
	"go-zipkin":           zipkinHTTP,
	"go-zipkin-128":       zipkinHTTP128,
	"go-otlp-grpc":        otlpGRPC,
	"go-otlp-grpc-gzip":   otlpGRPCGzip,
}

func main() {
	if len(os.Args) != 4 || clients[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: clients CLIENT HOST:PORT SERVICE-PREFIX")
		os.Exit(2)
	}
	sent, err := clients[os.Args[1]](os.Args[2], os.Args[3])
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(sent)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

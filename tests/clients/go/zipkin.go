package main

import (
	"fmt"
	"io"
	"net/http"

	"github.com/openzipkin/zipkin-go"
	"github.com/openzipkin/zipkin-go/model"
	reporter "github.com/openzipkin/zipkin-go/reporter/http"
)

// zipkin-go with its HTTP reporter, ids of 64 or 128 bits. Its reporter only logs what goes wrong, so the answers are looked at on the way.

func zipkinHTTP(target, prefix string) (sentTrace, error) {
	return zipkinCheckout(target, prefix, false)
}
func zipkinHTTP128(target, prefix string) (sentTrace, error) {
	return zipkinCheckout(target, prefix, true)
}

type strictTransport struct{ failure error }

func (t *strictTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.failure = err
	} else if response.StatusCode != http.StatusAccepted {
		body, _ := io.ReadAll(response.Body)
		t.failure = fmt.Errorf("%s: %s", response.Status, body)
	}
	return response, err
}

func zipkinCheckout(target, prefix string, is128Bit bool) (sentTrace, error) {
	transport := &strictTransport{}
	report := reporter.NewReporter("http://"+target+"/api/v2/spans", reporter.Client(&http.Client{Transport: transport}))
	tracers := map[string]*zipkin.Tracer{}
	for _, service := range []string{"shop", "orders"} {
		endpoint, err := zipkin.NewEndpoint(prefix+"-"+service, "10.1.2.3:9000")
		if err != nil {
			return sentTrace{}, err
		}
		if tracers[service], err = zipkin.NewTracer(report, zipkin.WithLocalEndpoint(endpoint), zipkin.WithTraceID128Bit(is128Bit)); err != nil {
			return sentTrace{}, err
		}
	}

	var sent []sentSpan
	note := func(span zipkin.Span, service, name, kind string, shared bool) {
		id := span.Context()
		one := sentSpan{Service: prefix + "-" + service, Name: name, Kind: kind, TraceID: id.TraceID.String(), SpanID: id.ID.String(), Shared: shared}
		if id.ParentID != nil {
			text := id.ParentID.String()
			one.ParentID = &text
		}
		sent = append(sent, one)
	}
	root := tracers["shop"].StartSpan("post /checkout", zipkin.Kind(model.Server))
	note(root, "shop", "post /checkout", "server", false)
	root.Tag("run", prefix)
	root.Tag("note", "Grüße – 東京")
	call := tracers["shop"].StartSpan("place order", zipkin.Kind(model.Client), zipkin.Parent(root.Context()),
		zipkin.RemoteEndpoint(&model.Endpoint{ServiceName: prefix + "-orders"}))
	note(call, "shop", "place order", "client", false)
	// Client and server half share one span id, as B3 has it.
	place := tracers["orders"].StartSpan("place order", zipkin.Kind(model.Server), zipkin.Parent(call.Context()))
	note(place, "orders", "place order", "server", true)
	zipkin.TagError.Set(place, "no funds")
	sent[2].Error = true
	charge := tracers["orders"].StartSpan("charge card", zipkin.Parent(place.Context()))
	note(charge, "orders", "charge card", "internal", false)
	for _, span := range []zipkin.Span{charge, place, call, root} {
		span.Finish()
	}
	if err := report.Close(); err != nil {
		return sentTrace{}, err
	}
	if transport.failure != nil {
		return sentTrace{}, transport.failure
	}
	return sentOf(prefix, sent), nil
}

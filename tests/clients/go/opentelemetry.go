package main

import (
	"context"
	"errors"
	"fmt"
	"net"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/jaeger"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// OpenTelemetry Go with its Jaeger exporter: compact Thrift to an agent, binary Thrift to a collector.

func otelJaegerUDP(target, prefix string) (sentTrace, error) {
	host, port, err := net.SplitHostPort(target)
	if err != nil {
		return sentTrace{}, err
	}
	return otelCheckout(prefix, func() (sdktrace.SpanExporter, error) {
		return jaeger.New(jaeger.WithAgentEndpoint(jaeger.WithAgentHost(host), jaeger.WithAgentPort(port)))
	})
}

func otelJaegerHTTP(target, prefix string) (sentTrace, error) {
	return otelCheckout(prefix, func() (sdktrace.SpanExporter, error) {
		return jaeger.New(jaeger.WithCollectorEndpoint(jaeger.WithEndpoint("http://" + target + "/api/traces")))
	})
}

func otelCheckout(prefix string, exporter func() (sdktrace.SpanExporter, error)) (sentTrace, error) {
	var failure error
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { failure = err }))
	providers := map[string]*sdktrace.TracerProvider{}
	for _, service := range []string{"shop", "orders"} {
		export, err := exporter()
		if err != nil {
			return sentTrace{}, err
		}
		providers[service] = sdktrace.NewTracerProvider(
			sdktrace.WithBatcher(export),
			sdktrace.WithResource(resource.NewSchemaless(
				attribute.String("service.name", prefix+"-"+service), attribute.String("service.version", "2.4.1"))))
	}

	var sent []sentSpan
	start := func(ctx context.Context, service, name string, kind trace.SpanKind, attributes ...attribute.KeyValue) (context.Context, trace.Span) {
		parent := trace.SpanContextFromContext(ctx)
		ctx, span := providers[service].Tracer("checkout-lib").Start(ctx, name, trace.WithSpanKind(kind), trace.WithAttributes(attributes...))
		id := span.SpanContext()
		note := sentSpan{Service: prefix + "-" + service, Name: name, Kind: kind.String(), TraceID: id.TraceID().String(), SpanID: id.SpanID().String()}
		if parent.HasSpanID() {
			text := parent.SpanID().String()
			note.ParentID = &text
		}
		sent = append(sent, note)
		return ctx, span
	}
	ctx, root := start(context.Background(), "shop", "POST /checkout", trace.SpanKindServer,
		attribute.Int("http.status_code", 200), attribute.Float64("cart.total", 42.5), attribute.Bool("cart.vip", true),
		attribute.String("note", "Grüße – 東京"), attribute.String("run", prefix))
	ctx, call := start(ctx, "shop", "call orders", trace.SpanKindClient, attribute.String("peer.service", prefix+"-orders"))
	ctx, place := start(ctx, "orders", "place order", trace.SpanKindServer, attribute.String("order.id", "o-77"))
	_, charge := start(ctx, "orders", "charge card", trace.SpanKindInternal)
	charge.RecordError(errors.New("no funds"))
	charge.SetStatus(codes.Error, "declined")
	sent[3].Error = true
	for _, span := range []trace.Span{charge, place, call, root} {
		span.End()
	}
	for _, provider := range providers {
		if err := provider.Shutdown(context.Background()); err != nil {
			return sentTrace{}, err
		}
	}
	if failure != nil {
		return sentTrace{}, fmt.Errorf("export: %w", failure)
	}
	return sentOf(prefix, sent), nil
}

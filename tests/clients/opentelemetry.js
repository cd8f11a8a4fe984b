'use strict';

const { context, trace, SpanKind, SpanStatusCode } = require('@opentelemetry/api');
const { BasicTracerProvider, BatchSpanProcessor } = require('@opentelemetry/sdk-trace-base');
const { resourceFromAttributes } = require('@opentelemetry/resources');
const { OTLPTraceExporter: GrpcExporter } = require('@opentelemetry/exporter-trace-otlp-grpc');
const { OTLPTraceExporter: JsonExporter } = require('@opentelemetry/exporter-trace-otlp-http');
const { OTLPTraceExporter: ProtoExporter } = require('@opentelemetry/exporter-trace-otlp-proto');
const { ZipkinExporter } = require('@opentelemetry/exporter-zipkin');

// An exporter swallows failures; here a failed export must fail the run.
function strict(exporter) {
  const inner = exporter.export.bind(exporter);
  exporter.failures = [];
  exporter.export = (spans, done) => inner(spans, (result) => {
    if (result.code !== 0) exporter.failures.push(result.error ?? new Error('export failed'));
    done(result);
  });
  return exporter;
}

async function send(makeExporter, prefix) {
  const sent = [];
  const providers = [];
  const exporters = [];
  const tracerOf = (service) => {
    const exporter = strict(makeExporter());
    const provider = new BasicTracerProvider({
      resource: resourceFromAttributes({ 'service.name': `${prefix}-${service}`, 'service.version': '2.4.1', 'deployment.environment.name': 'test' }),
      spanProcessors: [new BatchSpanProcessor(exporter)],
    });
    exporters.push(exporter);
    providers.push(provider);
    return provider.getTracer('checkout-lib', '1.0.0');
  };
  const start = (tracer, service, name, kind, parent, attributes, links) => {
    const ctx = parent ? trace.setSpan(context.active(), parent) : context.active();
    const span = tracer.startSpan(name, { kind, attributes, links, root: !parent }, ctx);
    sent.push({
      service: `${prefix}-${service}`, name, kind: SpanKind[kind].toLowerCase(),
      traceId: span.spanContext().traceId, spanId: span.spanContext().spanId,
      parentId: parent ? parent.spanContext().spanId : null, error: false,
    });
    return span;
  };

  const shop = tracerOf('shop');
  const orders = tracerOf('orders');
  const root = start(shop, 'shop', 'POST /checkout', SpanKind.SERVER, null, {
    'http.request.method': 'POST', 'http.response.status_code': 200, 'cart.total': 42.5, 'cart.vip': true,
    'cart.skus': ['sku-1', 'sku-2'], 'customer.note': 'Grüße – 東京 ✓ "quoted" \\ back', 'run': prefix,
  });
  const call = start(shop, 'shop', 'call orders', SpanKind.CLIENT, root, { 'peer.service': `${prefix}-orders` });
  const place = start(orders, 'orders', 'place order', SpanKind.SERVER, call, { 'order.id': 'o-77' });
  const charge = start(orders, 'orders', 'charge card', SpanKind.INTERNAL, place, {}, [{ context: root.spanContext(), attributes: { why: 'retry' } }]);
  charge.addEvent('exception', { 'exception.type': 'CardDeclined', 'exception.message': 'no funds' });
  charge.setStatus({ code: SpanStatusCode.ERROR, message: 'declined' });
  sent[3].error = true;
  for (const span of [charge, place, call, root]) span.end();

  for (const provider of providers) await provider.forceFlush();
  for (const provider of providers) await provider.shutdown();
  const failures = exporters.flatMap((e) => e.failures);
  if (failures.length > 0) throw failures[0];
  return { traceId: sent[0].traceId, spans: sent, tag: { key: 'run', value: prefix } };
}

exports.otlpGrpc = (target, prefix) => send(() => new GrpcExporter({ url: `http://${target}` }), prefix);
exports.otlpGrpcGzip = (target, prefix) => send(() => new GrpcExporter({ url: `http://${target}`, compression: 'gzip' }), prefix);
exports.otlpProto = (target, prefix) => send(() => new ProtoExporter({ url: `http://${target}/v1/traces` }), prefix);
exports.otlpProtoGzip = (target, prefix) => send(() => new ProtoExporter({ url: `http://${target}/v1/traces`, compression: 'gzip' }), prefix);
exports.otlpJson = (target, prefix) => send(() => new JsonExporter({ url: `http://${target}/v1/traces` }), prefix);
exports.otlpJsonGzip = (target, prefix) => send(() => new JsonExporter({ url: `http://${target}/v1/traces`, compression: 'gzip' }), prefix);
exports.zipkin = (target, prefix) => send(() => new ZipkinExporter({ url: `http://${target}/api/v2/spans` }), prefix);

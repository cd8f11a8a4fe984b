'use strict';

const { initTracer } = require('jaeger-client');
const opentracing = require('opentracing');

function hex(buffer) {
  return buffer.toString('hex').padStart(16, '0');
}

async function send(reporter, prefix) {
  const tracers = [];
  const problems = [];
  const logger = { info() {}, error: (message) => problems.push(message) };
  const tracerOf = (service) => {
    const tracer = initTracer(
      { serviceName: `${prefix}-${service}`, sampler: { type: 'const', param: 1 }, reporter: { ...reporter, flushIntervalMs: 100 } },
      { logger, tags: { 'service.version': '2.4.1' } });
    tracers.push(tracer);
    return tracer;
  };
  const sent = [];
  const start = (tracer, service, name, kind, parent, tags) => {
    const span = tracer.startSpan(name, { childOf: parent ?? undefined, tags: { ...tags, ...(kind === 'internal' ? {} : { 'span.kind': kind }) } });
    const id = span.context();
    sent.push({
      service: `${prefix}-${service}`, name, kind, traceId: hex(id.traceId), spanId: hex(id.spanId),
      parentId: parent ? hex(parent.context().spanId) : null, error: false,
    });
    return span;
  };

  const shop = tracerOf('shop');
  const orders = tracerOf('orders');
  const root = start(shop, 'shop', 'POST /checkout', 'server', null, { 'http.status_code': 200, 'cart.vip': true, note: 'Grüße – 東京', run: prefix });
  const call = start(shop, 'shop', 'call orders', 'client', root, { 'peer.service': `${prefix}-orders` });
  const place = start(orders, 'orders', 'place order', 'server', call, { 'order.id': 'o-77' });
  const charge = start(orders, 'orders', 'charge card', 'internal', place, {});
  charge.setTag(opentracing.Tags.ERROR, true);
  charge.log({ event: 'error', message: 'no funds' });
  sent[3].error = true;
  for (const span of [charge, place, call, root]) span.finish();
  for (const tracer of tracers) await new Promise((resolve) => tracer.close(resolve));
  if (problems.length > 0) throw new Error(problems.join('; '));
  return { traceId: sent[0].traceId, spans: sent, tag: { key: 'run', value: prefix } };
}

exports.udp = (target, prefix) => {
  const [host, port] = target.split(':');
  return send({ agentHost: host, agentPort: Number(port) }, prefix);
};
exports.http = (target, prefix) => send({ collectorEndpoint: `http://${target}/api/traces` }, prefix);

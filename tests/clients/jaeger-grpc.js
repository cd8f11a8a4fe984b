'use strict';

const { randomBytes } = require('node:crypto');
const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const protoLoader = require('@grpc/proto-loader');

function load(version) {
  const definition = protoLoader.loadSync(path.join(__dirname, 'protos', `api_${version}.proto`), { keepCase: true, longs: String, enums: String, defaults: true });
  return grpc.loadPackageDefinition(definition).jaeger[`api_${version}`];
}

function clientOf(service, target, options) {
  return new service(target, grpc.credentials.createInsecure(), options);
}

function unary(client, method, request) {
  return new Promise((resolve, reject) => client[method](request, (error, answer) => (error ? reject(error) : resolve(answer))));
}

async function stream(client, method, request) {
  const messages = [];
  for await (const message of client[method](request)) messages.push(message);
  return messages;
}

const text = (key, value) => ({ key, v_type: 'STRING', v_str: value });
const timestamp = (ms) => ({ seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1e6 });

/** Posts spans as a collector or agent does: one batch for each process. */
exports.send = async (target, prefix) => {
  const collector = clientOf(load('v2').CollectorService, target, { 'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip });
  const traceId = randomBytes(16);
  const now = Date.now();
  const batches = { shop: [], orders: [] };
  const sent = [];
  const add = (service, name, kind, parent, tags, logs) => {
    const spanId = randomBytes(8);
    batches[service].push({
      trace_id: traceId, span_id: spanId, operation_name: name, flags: 1,
      references: parent ? [{ trace_id: traceId, span_id: parent, ref_type: 'CHILD_OF' }] : [],
      start_time: timestamp(now + sent.length), duration: { seconds: 0, nanos: 5_000_000 },
      tags: [...(kind === 'internal' ? [] : [text('span.kind', kind)]), ...tags], logs: logs ?? [],
    });
    sent.push({
      service: `${prefix}-${service}`, name, kind, traceId: traceId.toString('hex'), spanId: spanId.toString('hex'),
      parentId: parent ? parent.toString('hex') : null, error: tags.some((tag) => tag.key === 'error'),
    });
    return spanId;
  };
  const root = add('shop', 'POST /checkout', 'server', null, [
    { key: 'http.status_code', v_type: 'INT64', v_int64: 200 }, { key: 'cart.total', v_type: 'FLOAT64', v_float64: 42.5 },
    { key: 'cart.vip', v_type: 'BOOL', v_bool: true }, { key: 'blob', v_type: 'BINARY', v_binary: Buffer.from([0, 1, 2]) },
    text('note', 'Grüße – 東京'), text('run', prefix)]);
  const call = add('shop', 'call orders', 'client', root, [text('peer.service', `${prefix}-orders`)]);
  const place = add('orders', 'place order', 'server', call, [text('order.id', 'o-77')]);
  add('orders', 'charge card', 'internal', place, [{ key: 'error', v_type: 'BOOL', v_bool: true }],
    [{ timestamp: timestamp(now + 2), fields: [text('event', 'error'), text('message', 'no funds')] }]);
  for (const [service, spans] of Object.entries(batches))
    await unary(collector, 'PostSpans', { batch: { spans, process: { service_name: `${prefix}-${service}`, tags: [text('service.version', '2.4.1')] } } });
  collector.close();
  return { traceId: sent[0].traceId, spans: sent, tag: { key: 'run', value: prefix } };
};

/** Asks both query services for one trace in every way they offer. */
exports.query = async (target, traceId, service) => {
  const v2 = clientOf(load('v2').QueryService, target);
  const v3 = clientOf(load('v3').QueryService, target);
  const range = { start_time_min: timestamp(Date.now() - 3_600_000), start_time_max: timestamp(Date.now() + 60_000) };
  const spansV2 = (chunks) => chunks.flatMap((chunk) => chunk.spans).map((span) => ({ service: span.process.service_name, name: span.operation_name, spanId: span.span_id.toString('hex') }));
  const spansV3 = (chunks) => chunks.flatMap((data) => data.resource_spans).flatMap((resource) => resource.scope_spans).flatMap((scope) => scope.spans)
    .map((span) => ({ name: span.name, spanId: span.span_id.toString('hex') }));
  const missing = await stream(v2, 'GetTrace', { trace_id: randomBytes(16) }).then(() => null, (error) => `${grpc.status[error.code]}: ${error.details}`);
  const answer = {
    v2: {
      trace: spansV2(await stream(v2, 'GetTrace', { trace_id: Buffer.from(traceId, 'hex'), raw_traces: true })),
      found: spansV2(await stream(v2, 'FindTraces', { query: { service_name: service, tags: { run: service.replace(/-shop$/, '') }, ...range, search_depth: 5, raw_traces: true } })),
      services: (await unary(v2, 'GetServices', {})).services,
      operations: (await unary(v2, 'GetOperations', { service })).operations.map((operation) => `${operation.name} ${operation.span_kind}`),
    },
    v3: {
      trace: spansV3(await stream(v3, 'GetTrace', { trace_id: traceId, raw_traces: true })),
      found: spansV3(await stream(v3, 'FindTraces', { query: { service_name: service, ...range, raw_traces: true } })),
      summaries: (await stream(v3, 'FindTraceSummaries', { query: { service_name: service, ...range } })).flatMap((chunk) => chunk.summaries)
        .map((summary) => `${summary.trace_id} ${summary.root_operation_name} ${summary.span_count} ${summary.error_span_count}`),
      services: (await unary(v3, 'GetServices', {})).services,
    },
    missing,
  };
  v2.close();
  v3.close();
  return answer;
};

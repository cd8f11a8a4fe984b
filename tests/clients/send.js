// Sends one small checkout trace with a real client library and prints what was sent as one JSON line.
// usage: node send.js CLIENT URL-OR-HOST:PORT SERVICE-PREFIX
'use strict';

const clients = {
  'otlp-grpc': require('./opentelemetry').otlpGrpc,
  'otlp-grpc-gzip': require('./opentelemetry').otlpGrpcGzip,
  'otlp-http-proto': require('./opentelemetry').otlpProto,
  'otlp-http-proto-gzip': require('./opentelemetry').otlpProtoGzip,
  'otlp-http-json': require('./opentelemetry').otlpJson,
  'otlp-http-json-gzip': require('./opentelemetry').otlpJsonGzip,
  'otel-zipkin': require('./opentelemetry').zipkin,
  'jaeger-udp': require('./jaeger').udp,
  'jaeger-http': require('./jaeger').http,
  'jaeger-grpc': require('./jaeger-grpc').send,
  'zipkin': require('./zipkin').http,
  'zipkin-v1': require('./zipkin').httpV1,
  'zipkin-proto3': require('./zipkin').httpProto3,
  'zipkin-grpc': require('./zipkin').grpc,
};

const [name, target, prefix] = process.argv.slice(2);
const client = clients[name];
if (!client || !target || !prefix) {
  console.error(`usage: node send.js ${Object.keys(clients).join('|')} TARGET SERVICE-PREFIX`);
  process.exit(2);
}

client(target, prefix).then(
  (sent) => {
    process.stdout.write(JSON.stringify(sent) + '\n');
    process.exit(0);
  },
  (error) => {
    console.error(error);
    process.exit(1);
  });

// Loggers for zipkin's recorder that send proto3, over HTTP with protobufjs and over gRPC with grpc-js: no package of zipkin's own does.
'use strict';

const { EventEmitter } = require('events');
const grpc = require('@grpc/grpc-js');
const protobuf = require('protobufjs');
const { jsonEncoder } = require('zipkin');

const schema = protobuf.parse(`
  syntax = "proto3";
  package zipkin.proto3;
  message Endpoint { string service_name = 1; bytes ipv4 = 2; bytes ipv6 = 3; int32 port = 4; }
  message Annotation { fixed64 timestamp = 1; string value = 2; }
  message Span {
    enum Kind { SPAN_KIND_UNSPECIFIED = 0; CLIENT = 1; SERVER = 2; PRODUCER = 3; CONSUMER = 4; }
    bytes trace_id = 1; bytes parent_id = 2; bytes id = 3; Kind kind = 4; string name = 5; fixed64 timestamp = 6; uint64 duration = 7;
    Endpoint local_endpoint = 8; Endpoint remote_endpoint = 9; repeated Annotation annotations = 10; map<string, string> tags = 11;
    bool debug = 12; bool shared = 13;
  }
  message ListOfSpans { repeated Span spans = 1; }
  message ReportResponse { }`).root;
const ListOfSpans = schema.lookupType('zipkin.proto3.ListOfSpans');
const ReportResponse = schema.lookupType('zipkin.proto3.ReportResponse');

const bytes = (hex) => Buffer.from(hex, 'hex');

const endpointOf = (endpoint) => endpoint && {
  serviceName: endpoint.serviceName,
  ipv4: endpoint.ipv4 ? Buffer.from(endpoint.ipv4.split('.').map(Number)) : undefined,
  port: endpoint.port,
};

// The recorder's JSON with ids as bytes, as zipkin-go fills them up: 16 for the trace, 8 zeros for no parent.
const messageOf = (span) => {
  const json = JSON.parse(jsonEncoder.JSON_V2.encode(span));
  return {
    ...json,
    traceId: bytes(json.traceId.padStart(32, '0')),
    parentId: bytes((json.parentId || '').padStart(16, '0')),
    id: bytes(json.id),
    localEndpoint: endpointOf(json.localEndpoint),
    remoteEndpoint: endpointOf(json.remoteEndpoint),
  };
};

const encode = (span) => Buffer.from(ListOfSpans.encode(ListOfSpans.fromObject({ spans: [messageOf(span)] })).finish());

class Proto3Logger extends EventEmitter {
  constructor(post) {
    super();
    this.post = post;
  }

  logSpan(span) {
    this.post(encode(span)).catch((error) => this.emit('error', error));
  }
}

exports.http = (target) => new Proto3Logger(async (body) => {
  const response = await fetch(`http://${target}/api/v2/spans`, { method: 'POST', headers: { 'Content-Type': 'application/x-protobuf' }, body });
  if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
});

exports.grpc = (target) => {
  const client = new grpc.Client(target, grpc.credentials.createInsecure());
  return new Proto3Logger((body) => new Promise((resolve, reject) => client.makeUnaryRequest(
    '/zipkin.proto3.SpanService/Report', (message) => message, (answer) => ReportResponse.decode(answer), body,
    (error, answer) => (error ? reject(error) : resolve(answer)))));
};

// Reads what an exporter sent with decoders that are not ours and prints it as one JSON line: what every client of that format would see.
// usage: node decode.js zipkin|jaeger-binary|jaeger-compact FILE
'use strict';

const fs = require('fs');
const thrift = require('thrift');

const { STRUCT, LIST, SET, BOOL, BYTE, I16, I32, I64, DOUBLE, STRING } = thrift.Thrift.Type;

// Structs as objects from field id to value, whatever the schema; 64-bit numbers as 16 digits.
function readValue(protocol, type) {
  switch (type) {
    case STRUCT: return readStruct(protocol);
    case LIST:
    case SET: {
      const { etype, size } = protocol.readListBegin();
      const items = Array.from({ length: size }, () => readValue(protocol, etype));
      protocol.readListEnd();
      return items;
    }
    case BOOL: return protocol.readBool();
    case BYTE: return protocol.readByte();
    case I16: return protocol.readI16();
    case I32: return protocol.readI32();
    case I64: return protocol.readI64().toOctetString();
    case DOUBLE: return protocol.readDouble();
    case STRING: return protocol.readBinary();
    default: throw new Error(`type ${type} does not occur in Jaeger's structs`);
  }
}

function readStruct(protocol) {
  const fields = {};
  protocol.readStructBegin();
  for (;;) {
    const { ftype, fid } = protocol.readFieldBegin();
    if (ftype === thrift.Thrift.Type.STOP) break;
    fields[fid] = readValue(protocol, ftype);
    protocol.readFieldEnd();
  }
  protocol.readStructEnd();
  return fields;
}

const text = (bytes) => Buffer.from(bytes).toString('utf8');
const signed = (digits) => BigInt.asIntN(64, BigInt('0x' + digits)).toString();

// jaeger-idl, jaeger.thrift: Tag is key 1, type 2, then a field for each type.
const tags = (list) => Object.fromEntries((list || []).map((tag) => [
  text(tag[1]),
  [() => text(tag[3]), () => tag[4], () => tag[5], () => signed(tag[6]), () => Buffer.from(tag[7]).toString('base64')][tag[2]](),
]));

const jaegerSpan = (service) => (span) => ({
  service,
  name: text(span[5]),
  traceId: span[2] + span[1],
  spanId: span[3],
  parentId: span[4] === '0000000000000000' ? null : span[4],
  timestampUs: Number(signed(span[8])),
  durationUs: Number(signed(span[9])),
  tags: tags(span[10]),
  logs: (span[11] || []).map((log) => tags(log[2])),
  references: (span[6] || []).map((reference) => [reference[1] === 0 ? 'child_of' : 'follows_from', reference[4]]),
});

function jaeger(bytes, Protocol, isMessage) {
  const transport = new thrift.TFramedTransport(bytes);
  const protocol = new Protocol(transport);
  let batch;
  if (isMessage) {
    const { fname, mtype } = protocol.readMessageBegin();
    if (fname !== 'emitBatch' || mtype !== thrift.Thrift.MessageType.ONEWAY) throw new Error(`message ${fname} of type ${mtype}`);
    batch = readStruct(protocol)[1];
  } else {
    batch = readStruct(protocol);
  }
  if (transport.readPos !== bytes.length) throw new Error(`${bytes.length - transport.readPos} bytes are left over`);
  const process = batch[1];
  return { process: tags(process[2]), spans: batch[2].map(jaegerSpan(text(process[1]))) };
}

// zipkin-api, zipkin2-api.yaml.
const zipkinSpan = (span) => ({
  service: span.localEndpoint.serviceName,
  name: span.name,
  traceId: span.traceId,
  spanId: span.id,
  parentId: span.parentId || null,
  timestampUs: span.timestamp,
  durationUs: span.duration,
  kind: span.kind,
  tags: span.tags,
  logs: (span.annotations || []).map((annotation) => ({ event: annotation.value })),
  remote: span.remoteEndpoint,
});

const decoders = {
  zipkin: (bytes) => ({ spans: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).map(zipkinSpan) }),
  'jaeger-binary': (bytes) => jaeger(bytes, thrift.TBinaryProtocol, false),
  'jaeger-compact': (bytes) => jaeger(bytes, thrift.TCompactProtocol, true),
};

const decode = decoders[process.argv[2]];
if (!decode || !process.argv[3]) {
  console.error(`usage: node decode.js ${Object.keys(decoders).join('|')} FILE`);
  process.exit(2);
}
process.stdout.write(JSON.stringify(decode(fs.readFileSync(process.argv[3]))) + '\n');

// Asks a gRPC port by reflection what it serves, compares the answer with the .proto files the server was built from, calls a method knowing nothing
// else, and prints what it found as one JSON line.
// usage: node reflection.js HOST:PORT VERSION SERVICE/METHOD
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const protobuf = require('protobufjs');
const { GrpcReflection } = require('grpc-js-reflection-client');

const protos = path.join(__dirname, '..', '..', 'src', 'Clew.Server', 'Receivers', 'Grpc', 'Reflection', 'Protos');

/** Every message, enumeration and method by its full name, in words that differ when anything of it differs. */
function describe(namespace, into = {}) {
  for (const entry of namespace.nestedArray ?? []) {
    const name = entry.fullName.slice(1);
    if (entry instanceof protobuf.Enum || entry.values) into[name] = JSON.stringify(Object.entries(entry.values).sort());
    else if (entry.fields) into[name] = entry.fieldsArray.map((field) => [field.id, field.name, field.resolve().resolvedType?.fullName ?? field.type, field.keyType ?? '', !!field.repeated, !!field.partOf].join(' ')).sort().join('\n');
    if (entry.methods) for (const method of entry.methodsArray) into[`${name}.${method.name}`] = [method.requestType.replace(/^.*\./, ''), method.responseType.replace(/^.*\./, ''), !!method.requestStream, !!method.responseStream].join(' ');
    if (entry.nestedArray) describe(entry, into);
  }
  return into;
}

function sources() {
  const root = new protobuf.Root();
  root.resolvePath = (_, target) => (target.startsWith('google/protobuf/') ? target : path.join(protos, target));
  const files = fs.readdirSync(protos, { recursive: true }).filter((file) => file.endsWith('.proto'));
  root.loadSync(files);
  root.resolveAll();
  return describe(root);
}

async function main(target, version, method) {
  const client = new GrpcReflection(target, grpc.credentials.createInsecure(), {}, version);
  const services = await client.listServices();
  const expected = sources();
  const differences = [];
  const methods = {};
  let definitions;
  for (const service of services) {
    const descriptor = await client.getDescriptorBySymbol(service);
    const root = descriptor.getProtobufJsRoot();
    root.resolveAll();
    const described = describe(root);
    for (const [name, text] of Object.entries(described)) {
      // The well-known types come with protobufjs in its own order.
      if (!name.startsWith('google.') && expected[name] !== text) differences.push(`${name}: ${expected[name]} | ${text}`);
    }
    methods[service] = Object.keys(described).filter((name) => name.startsWith(`${service}.`)).map((name) => name.slice(service.length + 1));
    if (method.startsWith(`${service}/`)) definitions = descriptor.getPackageObject({ keepCase: true, enums: String, longs: String, defaults: true });
  }

  const [service, name] = method.split('/');
  const constructor = service.split('.').reduce((at, part) => at[part], definitions);
  const stub = new constructor(target, grpc.credentials.createInsecure());
  const answer = await new Promise((resolve, reject) => stub[name]({}, (error, message) => (error ? reject(error) : resolve(message))));
  const missing = await client.getDescriptorBySymbol('no.such.Service').then(() => 'found', (error) => error.message);
  const file = Object.keys(describe((await client.getDescriptorByFileName('zipkin.proto')).getProtobufJsRoot()));
  return { services, methods, differences, answer, missing, file };
}

const [target, version, method] = process.argv.slice(2);
if (!method) {
  console.error('usage: node reflection.js HOST:PORT v1|v1alpha SERVICE/METHOD');
  process.exit(2);
}
main(target, version, method).then(
  (found) => {
    process.stdout.write(JSON.stringify(found) + '\n');
    process.exit(0);
  },
  (error) => {
    console.error(error);
    process.exit(1);
  });

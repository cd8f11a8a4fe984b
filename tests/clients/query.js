// Asks Jaeger's query services over gRPC with a real gRPC client and prints the answers as one JSON line.
// usage: node query.js HOST:PORT TRACE-ID SERVICE
'use strict';

const { query } = require('./jaeger-grpc');

const [target, traceId, service] = process.argv.slice(2);
if (!service) {
  console.error('usage: node query.js HOST:PORT TRACE-ID SERVICE');
  process.exit(2);
}

query(target, traceId, service).then(
  (answer) => {
    process.stdout.write(JSON.stringify(answer) + '\n');
  },
  (error) => {
    console.error(error);
    process.exit(1);
  });

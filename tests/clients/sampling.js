// Starts spans with a real client whose remote sampler asks a server, once it was answered, and prints how many were sampled as one JSON line.
// usage: node sampling.js HOST:PORT SERVICE INITIAL-PROBABILITY SPANS
'use strict';

const { initTracer, InMemoryReporter, ProbabilisticSampler, RemoteSampler } = require('jaeger-client');

const [hostPort, service, initial, count] = process.argv.slice(2);
const problems = [];
const logger = { info() {}, error: (message) => problems.push(message) };

const sampler = new RemoteSampler(service, {
  hostPort, logger, sampler: new ProbabilisticSampler(Number(initial)), refreshInterval: 100,
  onSamplerUpdate: () => {
    const tracer = initTracer({ serviceName: service }, { logger, sampler, reporter: new InMemoryReporter() });
    let sampled = 0;
    for (let i = 0; i < Number(count); i++) {
      const span = tracer.startSpan(`operation ${i % 2}`);
      sampled += span.context().isSampled() ? 1 : 0;
      span.finish();
    }
    process.stdout.write(JSON.stringify({ sampled, problems }) + '\n');
    process.exit(0);
  },
});

setTimeout(() => {
  console.error(`no strategy: ${problems.join('; ')}`);
  process.exit(1);
}, 20000);

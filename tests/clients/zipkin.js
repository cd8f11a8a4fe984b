'use strict';

const { Annotation, BatchRecorder, ExplicitContext, Tracer, jsonEncoder } = require('zipkin');
const { HttpLogger } = require('zipkin-transport-http');
const proto3Logger = require('./zipkin-proto3');

const v2 = (target) => new HttpLogger({ endpoint: `http://${target}/api/v2/spans`, jsonEncoder: jsonEncoder.JSON_V2, httpInterval: 50 });
const v1 = (target) => new HttpLogger({ endpoint: `http://${target}/api/v1/spans`, jsonEncoder: jsonEncoder.JSON_V1, httpInterval: 50 });

exports.http = (target, prefix) => send(v2, target, prefix);
exports.httpV1 = (target, prefix) => send(v1, target, prefix);
exports.httpProto3 = (target, prefix) => send(proto3Logger.http, target, prefix);
exports.grpc = (target, prefix) => send(proto3Logger.grpc, target, prefix);

const send = async (loggerFor, target, prefix) => {
  const loggers = [];
  const ctxImpl = new ExplicitContext();
  const tracerOf = (service) => {
    const logger = loggerFor(target);
    loggers.push(logger);
    return new Tracer({ ctxImpl, recorder: new BatchRecorder({ logger }), localServiceName: `${prefix}-${service}` });
  };
  const failures = [];
  const sent = [];
  const note = (id, service, name, kind, shared) => sent.push({
    service: `${prefix}-${service}`, name, kind, traceId: id.traceId, spanId: id.spanId,
    parentId: id.parentSpanId.present ? id.parentSpanId.getOrElse() : null, error: false, shared,
  });

  const shop = tracerOf('shop');
  const orders = tracerOf('orders');
  for (const logger of loggers) logger.on('error', (error) => failures.push(error));

  const root = shop.createRootId();
  note(root, 'shop', 'post /checkout', 'server', false);
  shop.scoped(() => {
    shop.setId(root);
    shop.recordServiceName(`${prefix}-shop`);
    shop.recordRpc('POST /checkout');
    shop.recordAnnotation(new Annotation.ServerRecv());
    shop.recordBinary('run', prefix);
    shop.recordBinary('note', 'Grüße – 東京');

    // Client and server half share one span id: that is B3 as Zipkin's libraries do it.
    const call = shop.createChildId();
    note(call, 'shop', 'place order', 'client', false);
    shop.letId(call, () => {
      shop.recordServiceName(`${prefix}-shop`);
      shop.recordRpc('place order');
      shop.recordAnnotation(new Annotation.ClientSend());
      shop.recordAnnotation(new Annotation.ServerAddr({ serviceName: `${prefix}-orders` }));
    });
    note(call, 'orders', 'place order', 'server', true);
    orders.letId(orders.join(call), () => {
      orders.recordServiceName(`${prefix}-orders`);
      orders.recordRpc('place order');
      orders.recordAnnotation(new Annotation.ServerRecv());
      orders.recordBinary('error', 'no funds');
      orders.recordMessage('card declined');
      orders.recordAnnotation(new Annotation.ServerSend());
    });
    sent[2].error = true;
    shop.letId(call, () => shop.recordAnnotation(new Annotation.ClientRecv()));
    shop.letId(root, () => shop.recordAnnotation(new Annotation.ServerSend()));
  });

  // The logger posts on a timer and says nothing on success: wait until its queue has been taken twice over.
  await new Promise((resolve) => setTimeout(resolve, 500));
  if (failures.length > 0) throw failures[0];
  return { traceId: sent[0].traceId, spans: sent, tag: { key: 'run', value: prefix } };
};

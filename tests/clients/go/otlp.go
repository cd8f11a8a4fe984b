package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/encoding/gzip"
)

// OTLP over grpc-go. Debian has no OTLP exporter for Go, so the request is put together here (opentelemetry-proto, trace.proto); what is tested is grpc-go's HTTP/2.

func otlpGRPC(target, prefix string) (sentTrace, error) { return otlpCheckout(target, prefix) }
func otlpGRPCGzip(target, prefix string) (sentTrace, error) {
	return otlpCheckout(target, prefix, grpc.UseCompressor(gzip.Name))
}

func init() { encoding.RegisterCodec(bytesCodec{}) }

// bytesCodec sends messages that are encoded already.
type bytesCodec struct{}

func (bytesCodec) Name() string                                { return "proto" }
func (bytesCodec) Marshal(message interface{}) ([]byte, error) { return message.([]byte), nil }
func (bytesCodec) Unmarshal(data []byte, message interface{}) error {
	*message.(*[]byte) = append([]byte(nil), data...)
	return nil
}

func varint(value uint64) []byte {
	buffer := make([]byte, binary.MaxVarintLen64)
	return buffer[:binary.PutUvarint(buffer, value)]
}

func field(number int, content ...[]byte) []byte {
	var inner []byte
	for _, part := range content {
		inner = append(inner, part...)
	}
	return append(append(varint(uint64(number)<<3|2), varint(uint64(len(inner)))...), inner...)
}

func number(field int, value uint64) []byte {
	return append(varint(uint64(field)<<3), varint(value)...)
}

func fixed(field int, value uint64) []byte {
	bytes := make([]byte, 8)
	binary.LittleEndian.PutUint64(bytes, value)
	return append(varint(uint64(field)<<3|1), bytes...)
}

func textAttribute(index int, key, value string) []byte {
	return field(index, field(1, []byte(key)), field(2, field(1, []byte(value))))
}

func otlpCheckout(target, prefix string, options ...grpc.CallOption) (sentTrace, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	connection, err := grpc.DialContext(ctx, target, grpc.WithInsecure(), grpc.WithBlock())
	if err != nil {
		return sentTrace{}, err
	}
	defer connection.Close()

	ids := make([]byte, 16+4*8)
	if _, err := rand.Read(ids); err != nil {
		return sentTrace{}, err
	}
	traceID := ids[:16]
	spanID := func(i int) []byte { return ids[16+8*i : 24+8*i] }
	now := uint64(time.Now().UnixNano())
	kinds := []string{"server", "client", "server", "internal"}
	numbers := []uint64{2, 3, 2, 1}
	names := []string{"POST /checkout", "call orders", "place order", "charge card"}
	services := []string{"shop", "shop", "orders", "orders"}
	spans := map[string][][]byte{}
	var sent []sentSpan
	for i, name := range names {
		note := sentSpan{Service: prefix + "-" + services[i], Name: name, Kind: kinds[i], TraceID: hex.EncodeToString(traceID), SpanID: hex.EncodeToString(spanID(i)), Error: i == 3}
		span := [][]byte{
			field(1, traceID), field(2, spanID(i)), field(5, []byte(name)), number(6, numbers[i]),
			fixed(7, now+uint64(i)*1000000), fixed(8, now+10000000-uint64(i)*1000000),
		}
		if i > 0 {
			text := hex.EncodeToString(spanID(i - 1))
			note.ParentID = &text
			span = append(span, field(4, spanID(i-1)))
		}
		switch i {
		case 0:
			span = append(span, textAttribute(9, "run", prefix), textAttribute(9, "note", "Grüße – 東京"))
		case 1:
			span = append(span, textAttribute(9, "peer.service", prefix+"-orders"))
		case 3:
			span = append(span, field(15, field(2, []byte("declined")), number(3, 2)))
		}
		spans[services[i]] = append(spans[services[i]], field(2, span...))
		sent = append(sent, note)
	}
	// A call for each service on one connection, as two exporters would make them.
	for _, service := range []string{"shop", "orders"} {
		request := field(1, field(1, textAttribute(1, "service.name", prefix+"-"+service)), field(2, spans[service]...))
		var answer []byte
		if err := connection.Invoke(ctx, "/opentelemetry.proto.collector.trace.v1.TraceService/Export", request, &answer, options...); err != nil {
			return sentTrace{}, err
		}
	}
	return sentOf(prefix, sent), nil
}

package main

// sentTrace is what a client says it sent; tests compare it with what they read. The same form as the other clients print.
type sentTrace struct {
	TraceID string     `json:"traceId"`
	Spans   []sentSpan `json:"spans"`
	Tag     sentTag    `json:"tag"`
}

type sentSpan struct {
	Service  string  `json:"service"`
	Name     string  `json:"name"`
	Kind     string  `json:"kind"`
	TraceID  string  `json:"traceId"`
	SpanID   string  `json:"spanId"`
	ParentID *string `json:"parentId"`
	Error    bool    `json:"error"`
	Shared   bool    `json:"shared"`
}

type sentTag struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

func sentOf(prefix string, spans []sentSpan) sentTrace {
	return sentTrace{TraceID: spans[0].TraceID, Spans: spans, Tag: sentTag{Key: "run", Value: prefix}}
}

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = {
  registry: Registry;
  request: (operation: string, status: number, ms: number) => void;
  /** A figure read at each scrape. */
  gauge: (name: string, help: string, read: () => number | Promise<number>) => void;
};

/** Prometheus metrics of this process: Node's own, requests by operation and status, and gauges of other parts. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'haedap_requests_total',
    help: 'Requests by operation and HTTP status',
    labelNames: ['operation', 'status'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'haedap_request_seconds',
    help: 'Time of a request by operation',
    labelNames: ['operation'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    registers: [registry],
  });
  return {
    registry,
    request(operation, status, ms) {
      requests.inc({ operation, status });
      seconds.observe({ operation }, ms / 1_000);
    },
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers: [registry],
        async collect() {
          this.set(await read());
        },
      });
    },
  };
}

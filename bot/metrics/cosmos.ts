import type { Metrics } from '../../services/metrics/metrics.ts';
import type { CosmosRequest } from '../../services/store/cosmos/http.ts';

/** Each request to Cosmos DB, and what it cost. */
export function countCosmos(metrics: Metrics, { operation, status, requestUnits }: CosmosRequest): void {
  metrics.count('mamori_cosmos_requests_total', { operation, status: String(status ?? 'none') });
  metrics.count('mamori_cosmos_request_units_total', { operation }, requestUnits);
}

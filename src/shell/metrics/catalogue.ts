/** Every figure that the terminal gives to Prometheus. docs/metrics.md says the same; a test compares them. */

export type Metric = {
  readonly name: string
  readonly type: 'gauge' | 'counter'
  readonly help: string
  readonly labels: readonly string[]
}

const gauge = (name: string, help: string, labels: readonly string[] = []): Metric => ({
  name: `suretill_${name}`,
  type: 'gauge',
  help,
  labels,
})
const counter = (name: string, help: string, labels: readonly string[]): Metric => ({
  name: `suretill_${name}_total`,
  type: 'counter',
  help,
  labels,
})

/** Names and labels never change their meaning; what is no longer told goes away whole. */
export const METRICS = {
  info: gauge('info', 'Always 1; the release is the label', ['release']),
  start: gauge('start_seconds', 'When the process started, Unix time'),
  inService: gauge('in_service', '1 when the counter can be used, 0 when it says out of service'),
  linkUp: gauge('link_up', '1 when signed on to the acquirer'),
  keysReady: gauge('keys_ready', '1 when working keys are there'),
  deviceWell: gauge('device_well', '1 when the device has no trouble', ['device']),
  fault: gauge('standing_fault', '1 for each trouble that stands on the counter', ['fault']),
  openItems: gauge('open_items', 'Things that somebody still has to see to'),
  reversalOwed: gauge('reversal_owed', '1 when a reversal is not through yet'),
  slipsWaiting: gauge('slips_waiting', 'Slips that are not on paper yet'),
  inBatch: gauge('batch_movements', 'Approved movements of money in the open batch'),
  newestEvent: gauge('newest_event_seconds', 'Time of the newest event of the journal, Unix time'),
  diskFree: gauge('disk_free_bytes', 'Room on the disk of the data folder'),
  memory: gauge('memory_bytes', 'Resident memory of the process'),
  exchanges: counter(
    'exchanges',
    'Requests to the acquirer by message type and what came of them',
    ['mti', 'outcome'],
  ),
  logLines: counter(
    'log_lines',
    'Lines written to the log by level, those below the level of the log too',
    ['level'],
  ),
} as const satisfies Record<string, Metric>

import { execFileSync } from 'node:child_process'
import { totalmem } from 'node:os'

export type Durability = 'durable' | 'disposable'

const megabyte = 2 ** 20

/** Trigram search uses the C library to classify letters: it needs a UTF-8 locale. */
export function utf8Locale(): string {
  try {
    const known = execFileSync('locale', ['-a'], { encoding: 'utf8' }).split('\n')
    return ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'en_US.utf8'].find((name) => known.includes(name)) ?? 'C'
  } catch {
    return 'C'
  }
}

export function settings(durability: Durability): Record<string, string | number> {
  const memory = Math.min(process.constrainedMemory() || Number.POSITIVE_INFINITY, totalmem()) / megabyte
  const share = (part: number, least: number, most: number) =>
    `${Math.round(Math.min(most, Math.max(least, memory * part)))}MB`
  const common = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    max_connections: 200,
    random_page_cost: 1.1,
    effective_io_concurrency: 64,
  }
  if (durability === 'disposable') {
    const lost = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }
    return { ...common, ...lost, shared_buffers: '128MB', max_wal_size: '1GB' }
  }
  return {
    ...common,
    shared_buffers: share(1 / 24, 128, 2048),
    effective_cache_size: share(1 / 2, 512, 65_536),
    work_mem: '16MB',
    maintenance_work_mem: share(1 / 24, 64, 512),
    max_wal_size: '4GB',
    min_wal_size: '256MB',
    checkpoint_timeout: '15min',
    checkpoint_completion_target: 0.9,
    // Nothing replicates this server, and without it indexes are built without being logged.
    wal_level: 'minimal',
    max_wal_senders: 0,
  }
}

import { expect, test } from 'vitest'
import { scanForViruses } from './scan.ts'

test('a scanner that never ends is killed, and its file refused', async () => {
  await expect(scanForViruses(new Uint8Array([1]), 'tail -f', 0.3)).rejects.toThrow('file_refused')
})

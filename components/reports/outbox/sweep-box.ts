import { askBox } from './photo-box.ts'

const day = 86_400_000

/**
 * Removes photos without a waiting action: those of a page that closed midway. The record of a photo just stored may
 * follow in a moment.
 */
export async function sweepBox(isAwaited: (key: string) => boolean): Promise<void> {
  await askBox('readwrite', (photos) => {
    const walk = photos.openCursor()
    walk.onsuccess = () => {
      const at = walk.result
      if (!at) return
      if (Date.now() - at.value.keptAt > day && !isAwaited(String(at.key))) at.delete()
      at.continue()
    }
    return walk
  })
}

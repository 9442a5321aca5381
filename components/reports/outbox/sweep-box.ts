import { askBox } from './photo-box.ts'

const day = 86_400_000

/**
 * Takes out what nothing waits for any more: of a page that went away in the middle. What has just come may have its
 * words in a moment.
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

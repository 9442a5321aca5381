/**
 * Photos that wait to be sent, on this machine: too large for where the words lie. Each under the key of what waits for
 * it.
 */
const name = 'photo-box'
const shelf = 'photos'

type Kept = { photo: Blob; keptAt: number }

/** What the machine would not take: these last as long as the page. */
const held = new Map<string, Blob>()

function open(): Promise<IDBDatabase> {
  return new Promise((settle, fail) => {
    const request = window.indexedDB.open(name, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(shelf)
    request.onsuccess = () => settle(request.result)
    request.onerror = () => fail(request.error)
  })
}

export async function askBox<T>(mode: IDBTransactionMode, way: (photos: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const box = await open()
  try {
    return await new Promise((settle, fail) => {
      const turn = box.transaction(shelf, mode)
      const request = way(turn.objectStore(shelf))
      // Only what has been written through is kept.
      turn.oncomplete = () => settle(request.result)
      turn.onerror = turn.onabort = () => fail(turn.error)
    })
  } finally {
    box.close()
  }
}

/** Where the machine has no room or lets nothing be kept, the page holds it. */
export async function putIntoBox(key: string, photo: Blob): Promise<void> {
  const kept: Kept = { photo, keptAt: Date.now() }
  await askBox('readwrite', (photos) => photos.put(kept, key)).catch(() => held.set(key, photo))
}

/** Whether it goes with the page. */
export const isHeld = (key: string): boolean => held.has(key)

/** Null where it is gone. Fails where the machine cannot be asked: it may be there still. */
export async function lookIntoBox(key: string): Promise<Blob | null> {
  const here = held.get(key)
  return here ?? (await askBox<Kept | undefined>('readonly', (photos) => photos.get(key)))?.photo ?? null
}

export function removeFromBox(key: string): void {
  held.delete(key)
  // What cannot be removed now is swept out later.
  void askBox('readwrite', (photos) => photos.delete(key)).catch(() => undefined)
}

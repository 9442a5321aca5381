/**
 * Photos that wait on this machine to be sent, in a separate store: too large for the one of the texts. Each is stored
 * under the key of its waiting action.
 */
const name = 'photo-box'
const shelf = 'photos'

type Kept = { photo: Blob; keptAt: number }

/** What the browser refused to store: kept as long as the page. */
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
      // Stored only once the transaction has completed.
      turn.oncomplete = () => settle(request.result)
      turn.onerror = turn.onabort = () => fail(turn.error)
    })
  } finally {
    box.close()
  }
}

/** Where storage is full or disabled, the page keeps it in memory. */
export async function putIntoBox(key: string, photo: Blob): Promise<void> {
  const kept: Kept = { photo, keptAt: Date.now() }
  await askBox('readwrite', (photos) => photos.put(kept, key)).catch(() => held.set(key, photo))
}

/** Whether it is only in memory and lost with the page. */
export const isHeld = (key: string): boolean => held.has(key)

/** Null where it is gone. Throws where the storage cannot be read: it may still be there. */
export async function lookIntoBox(key: string): Promise<Blob | null> {
  const here = held.get(key)
  return here ?? (await askBox<Kept | undefined>('readonly', (photos) => photos.get(key)))?.photo ?? null
}

export function removeFromBox(key: string): void {
  held.delete(key)
  // What cannot be removed now is removed by a later sweep.
  void askBox('readwrite', (photos) => photos.delete(key)).catch(() => undefined)
}

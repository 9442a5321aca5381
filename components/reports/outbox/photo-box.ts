/** Photos that wait to be sent, on this machine: too large for where the words lie. Each under the key of what waits for it. */
const name = 'photo-box'
const shelf = 'photos'

function open(): Promise<IDBDatabase> {
  return new Promise((settle, fail) => {
    const request = window.indexedDB.open(name, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(shelf)
    request.onsuccess = () => settle(request.result)
    request.onerror = () => fail(request.error)
  })
}

async function ask<T>(mode: IDBTransactionMode, way: (photos: IDBObjectStore) => IDBRequest<T>): Promise<T> {
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

/** Fails where the machine has no room or lets nothing be kept. */
export const putIntoBox = (key: string, photo: Blob): Promise<unknown> =>
  ask('readwrite', (photos) => photos.put(photo, key))

/** Null where it is gone, or cannot be read. */
export const lookIntoBox = (key: string): Promise<Blob | null> =>
  ask<Blob | undefined>('readonly', (photos) => photos.get(key)).then(
    (photo) => photo ?? null,
    () => null,
  )

export function removeFromBox(key: string): void {
  // What cannot be removed is in nobody's way.
  void ask('readwrite', (photos) => photos.delete(key)).catch(() => undefined)
}

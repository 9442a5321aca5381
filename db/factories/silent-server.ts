import { type AddressInfo, createServer, type Socket } from 'node:net'

export type SilentServer = { port: number; close(): Promise<void> }

/** Accepts every connection, sends at most a greeting, and then never responds. */
export async function openSilentServer(greeting = ''): Promise<SilentServer> {
  const held = new Set<Socket>()
  const server = createServer((socket) => {
    held.add(socket)
    socket.on('error', () => undefined)
    socket.resume()
    if (greeting) socket.write(greeting)
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      for (const socket of held) socket.destroy()
      return new Promise((settle) => server.close(() => settle()))
    },
  }
}

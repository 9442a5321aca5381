import { type AddressInfo, createServer } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

type Part = { type: string; filename: string | null; content: Buffer }
export type Caught = {
  to: string[]
  /** The header lines as received, unfolded. */
  head: string[]
  subject: string
  text: string
  html: string
  files: Part[]
}

export type Mailbox = {
  url: URL
  letters: Caught[]
  /** The next letters to or from this address, as many as given, are refused: temporarily, or as is said. */
  refuse(address: string, times: number, said?: string): void
  /** Calls `happens` when the next letter has been accepted, before the sender gets the answer. */
  onceTaken(happens: () => void): void
  close(): Promise<void>
}

/** A local mail server that stores the letters it receives. */
export async function openMailbox(port = 0): Promise<Mailbox> {
  const letters: Caught[] = []
  const refusals = new Map<string, { left: number; said: string }>()
  const refusalOf = (address: string): Error | null => {
    const refusal = refusals.get(address)
    if (!refusal || refusal.left === 0) return null
    refusal.left -= 1
    return Object.assign(new Error(refusal.said.slice(4)), { responseCode: Number(refusal.said.slice(0, 3)) })
  }
  let onTaken: (() => void) | null = null
  const options: SMTPServerOptions = {
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, _session, answer) {
      answer(refusalOf(address))
    },
    onMailFrom({ address }, _session, answer) {
      answer(refusalOf(address))
    },
    onData(stream, { envelope }, answer) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('latin1')
        letters.push(
          readLetter(
            raw,
            envelope.rcptTo.map(({ address }) => address),
          ),
        )
        onTaken?.()
        onTaken = null
        answer()
      })
    },
  }
  const server = new SMTPServer(options)
  // The sender may die in the middle of a letter.
  server.on('error', () => undefined)
  await new Promise<void>((settle) => server.listen(port, '127.0.0.1', settle))
  const address = server.server.address()
  const at = typeof address === 'object' && address ? address.port : port
  return {
    url: new URL(`smtp://127.0.0.1:${at}`),
    letters,
    refuse: (address, times, said = '451 try again later') => refusals.set(address, { left: times, said }),
    onceTaken(happens) {
      onTaken = happens
    },
    close: () => new Promise((settle) => server.close(settle)),
  }
}

/**
 * A mail server that refuses everything and counts the attempts; with an empty `word` it just closes the connection.
 */
export async function openBusyServer(
  word = '421 4.3.2 try again later',
): Promise<{ url: URL; tries(): number; close(): Promise<void> }> {
  let tries = 0
  const server = createServer((socket) => {
    tries += 1
    socket.on('error', () => undefined)
    if (word) socket.end(`${word}\r\n`)
    else socket.destroy()
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  const { port } = server.address() as AddressInfo
  return {
    url: new URL(`smtp://127.0.0.1:${port}`),
    tries: () => tries,
    close: () => new Promise((settle) => server.close(() => settle())),
  }
}

function readLetter(raw: string, to: string[]): Caught {
  const { head, body } = cut(raw)
  const parts = partsOf(head, body)
  const textOf = (type: string) => parts.find((part) => part.type === type && !part.filename)?.content.toString() ?? ''
  return {
    to,
    head,
    subject: decodedWords(fieldOf(head, 'subject')),
    text: textOf('text/plain'),
    html: textOf('text/html'),
    files: parts.filter(({ filename }) => filename !== null),
  }
}

function cut(raw: string): { head: string[]; body: string } {
  const end = raw.indexOf('\r\n\r\n')
  return {
    head: raw
      .slice(0, end)
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n'),
    body: raw.slice(end + 4),
  }
}

const fieldOf = (head: readonly string[], name: string): string =>
  head
    .find((line) => line.toLowerCase().startsWith(`${name}:`))
    ?.slice(name.length + 1)
    .trim() ?? ''

function partsOf(head: readonly string[], body: string): Part[] {
  const type = fieldOf(head, 'content-type')
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1]
  if (boundary) {
    return body
      .split(`--${boundary}`)
      .slice(1, -1)
      .flatMap((piece) => {
        const part = cut(piece.replace(/^\r\n/, ''))
        return partsOf(part.head, part.body)
      })
  }
  const filename = /filename="?([^";]+)"?/.exec(fieldOf(head, 'content-disposition'))?.[1] ?? null
  const content = contentOf(body, fieldOf(head, 'content-transfer-encoding').toLowerCase())
  return [{ type: type.split(';')[0] ?? '', filename, content }]
}

function contentOf(body: string, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body, 'base64')
  return encoding === 'quoted-printable' ? quotedPrintable(body.replace(/=\r\n/g, '')) : Buffer.from(body, 'latin1')
}

const quotedPrintable = (text: string): Buffer =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )

/** Decodes encoded words of a header: `=?UTF-8?Q?B=C3=A1o_c=C3=A1o?=`. */
const decodedWords = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_, kind: string, words: string) =>
      (kind.toUpperCase() === 'B'
        ? Buffer.from(words, 'base64')
        : quotedPrintable(words.replaceAll('_', ' '))
      ).toString('latin1'),
    )
    .replace(/[\u0080-\u00ff]+/g, (bytes) => Buffer.from(bytes, 'latin1').toString())

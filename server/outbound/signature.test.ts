import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { secretOf, signatureHeaders } from './signature.ts'

describe('a signature', () => {
  // The example of the standard's own libraries.
  const vector = {
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    message: {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      sentAt: new Date(1_614_265_330_000),
      body: '{"test": 2432232314}',
    },
    signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  }

  test('is the one of the standard’s example', () => {
    expect(signatureHeaders(vector.message, [vector.secret])).toEqual({
      'webhook-id': vector.message.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': vector.signature,
    })
  })

  test('is accepted by the standard’s library with either secret of a rotation, for just this text', () => {
    const secrets = [24, 32, 64].map((bytes) => secretOf(randomBytes(bytes)))
    const body = JSON.stringify({ title: 'Cây đổ chắn ngang phố Lò Đúc' })
    const headers = signatureHeaders({ id: 'msg_1', sentAt: new Date(), body }, secrets)
    for (const secret of secrets) expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body))
    const first = new Webhook(secrets[0] ?? '')
    expect(() => first.verify(`${body} `, headers)).toThrow('No matching signature')
    expect(() => first.verify(body, { ...headers, 'webhook-id': 'msg_2' })).toThrow('No matching signature')
    expect(() => new Webhook(vector.secret).verify(body, headers)).toThrow('No matching signature')
  })

  test('needs a key of the size that the standard names', () => {
    for (const bytes of [23, 65]) expect(() => secretOf(new Uint8Array(bytes))).toThrow('bytes')
  })
})

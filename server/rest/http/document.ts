import { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import { environment } from '#server/platform/environment.ts'
import { apiLimits } from '#server/platform/rules/limits.ts'
import { type Operation, operationIds, operationOf, restPath, tags } from '../rules/operations.ts'
import { type ProblemName, problemNames, problems, typeOf } from '../rules/problems.ts'
import { problem } from '../rules/schemas.ts'
import { webhookItems } from '../webhooks.ts'

/** The base address of the interface: as configured, else as in the request. */
export const apiHome = (headers: Headers): string =>
  environment().appUrl?.origin ??
  `${headers.get('x-forwarded-proto') ?? 'http'}://${headers.get('host') ?? 'localhost'}`

export type OpenApiDocument = ReturnType<typeof documentOf>

let kept: OpenApiDocument | undefined

/** The OpenAPI document, generated from the operations and the schemas that check the requests. */
export function document(home: string): OpenApiDocument {
  kept ??= documentOf()
  return { ...kept, servers: [{ url: `${home}${restPath}` }] }
}

function documentOf() {
  return createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: 'iHanoi Desk',
        version: '1.0.0',
        summary: 'Citizens’ reports of Hanoi, for programs of other systems',
        description: [
          'What [Open311](/open311/discovery.json) cannot say. Every answer is JSON in UTF-8; every refusal is a ' +
            'problem document (RFC 9457), whose `type` never changes. Unknown fields and parameters are ignored, and ' +
            'new fields may be added to answers.',
          `Problems:\n\n${problemNames.map((name) => `- \`${typeOf(name)}\`: ${problems[name].status}, ${problems[name].title}`).join('\n')}`,
        ].join('\n\n'),
        license: { name: 'For systems connected with the desk', identifier: 'LicenseRef-city' },
      },
      security: [{ key: [] }, { bearer: [] }],
      tags: tags.map((tag) => ({ ...tag })),
      paths: paths(),
      webhooks: webhookItems(),
      components: {
        securitySchemes: {
          key: { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: 'The key of an API client' },
          bearer: { type: 'http', scheme: 'bearer', description: 'The same key' },
        },
      },
    },
    {
      // The pattern of a time repeats its format in 300 characters.
      override: ({ jsonSchema }) => {
        if (jsonSchema.format === 'date-time' || jsonSchema.format === 'uuid') delete jsonSchema.pattern
      },
    },
  )
}

function paths(): ZodOpenApiPathsObject {
  const found: ZodOpenApiPathsObject = {}
  for (const id of operationIds) {
    const operation = operationOf(id)
    const method = operation.method.toLowerCase()
    found[operation.path] = { ...found[operation.path], [method]: { operationId: id, ...written(operation) } }
  }
  return found
}

const header = (description: string) => ({ description, schema: { type: 'string' as const } })
const limits = {
  RateLimit: header('How many requests are left: draft-ietf-httpapi-ratelimit-headers'),
  'RateLimit-Policy': header('How many requests may be sent in a minute'),
}

function written(operation: Operation): ZodOpenApiOperationObject {
  const {
    tag,
    summary,
    description,
    permission,
    path_parameters: path,
    query,
    headers: asked,
    body,
    method,
    part,
  } = operation
  const isRead = method === 'GET'
  const conditional = z.object({
    'if-none-match': z.string().optional().meta({ description: 'Answered by 304 where the answer has not changed' }),
  })
  const own = Object.entries(operation.answers).map(([status, answer]) => [
    status,
    {
      description: answer.description,
      headers: { ...limits, ...(isRead && { ETag: header('The version of the answer') }) },
      content: answer.media
        ? { [answer.media]: { schema: { type: 'string' as const, format: 'binary' } } }
        : { 'application/json': { schema: answer.schema } },
    },
  ])
  const refused = [...Map.groupBy(problemsOf(operation), (name) => problems[name].status)].map(([status, names]) => [
    String(status),
    {
      description: names.map((name) => `${problems[name].title} (\`${name}\`)`).join('; '),
      content: { 'application/problem+json': { schema: problem } },
    },
  ])
  return {
    tags: [tag],
    summary,
    description: [
      description,
      permission === 'public' ? 'Needs no key.' : `Needs a key with the permission \`${permission}\`.`,
    ]
      .filter(Boolean)
      .join('\n\n'),
    ...(permission === 'public' && { security: [] }),
    requestParams: {
      ...(path && { path }),
      ...(query && { query }),
      ...(isRead ? { header: conditional } : asked && { header: asked }),
    },
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: body }, ...(part && formWith(part, body)) },
      },
    }),
    responses: Object.fromEntries([...own, ...(isRead ? [['304', { description: 'Not changed' }]] : []), ...refused]),
  }
}

const photos = z
  .array(z.string().meta({ format: 'binary' }))
  .max(apiLimits.photos.perReport)
  .meta({ description: 'JPEG, PNG or WebP; together they may be as large as one photo' })

const formWith = (part: string, body: z.ZodType) => ({
  'multipart/form-data': {
    schema: z.object({ [part]: body, photo: photos.optional() }),
    encoding: { [part]: { contentType: 'application/json' } },
  },
})

export function problemsOf({
  permission,
  path_parameters: path,
  query,
  headers,
  body,
  problems: own,
}: Operation): ProblemName[] {
  return [
    'malformed_request',
    ...(query || headers ? (['invalid_parameters'] as const) : []),
    'api_key_invalid',
    ...(permission === 'public' ? [] : (['forbidden'] as const)),
    ...(path ? (['not_found'] as const) : []),
    'not_acceptable',
    ...(body
      ? (['foreign_origin', 'request_stalled', 'body_too_large', 'unsupported_media_type', 'invalid_fields'] as const)
      : []),
    ...own,
    'too_many_requests',
    'failed',
    'unavailable',
  ]
}

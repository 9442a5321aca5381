import type { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Locale } from '#messages/locales.ts'
import type { OpenApiDocument } from '#server/rest/http/document.ts'
import { fieldsOf, type SchemaField, typeIn } from '#server/rest/rules/schema-fields.ts'

type Words = ReturnType<typeof useTranslations<'apiDocs'>>
type Props = { document: OpenApiDocument; locale: Locale; t: Words }

type Parameter = { name: string; in: string; required?: boolean; description?: string; schema?: unknown }
type Operation = {
  operationId: string
  tags: string[]
  summary: string
  description?: string
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: unknown }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>
}
type Described = Operation & { method: string; path: string }

/** Shows the OpenAPI document as a page without scripts. */
export function ApiDocs({ document, locale, t }: Props) {
  const other = locale === 'en' ? 'vi' : 'en'
  const addresses = { ...document.paths, ...document.webhooks }
  const operations = Object.entries(addresses).flatMap(([path, item]) =>
    Object.entries(item ?? {}).map(([method, operation]) => ({ ...(operation as Operation), method, path })),
  )
  const schemas = Object.entries(document.components?.schemas ?? {})
  const byTag = Map.groupBy(operations, ({ tags: [tag = ''] }) => tag)
  return (
    <div className="page">
      <a href="#content" className="skip">
        {t('skip')}
      </a>
      <header className="bar">
        <strong>{document.info.title}</strong>
        <a href={`/api/docs?lang=${other}`} lang={other} hrefLang={other}>
          {t('language')}
        </a>
      </header>
      <main id="content" className="main">
        <h1>{t('title')}</h1>
        <p className="lead">{t('lead')}</p>
        <p>
          {t('address')} <code>{document.servers?.[0]?.url}</code>
        </p>
        <p>{t('key')}</p>
        <p>
          <a href="/api/v1/openapi.json">{t('document')}</a>
        </p>
        <nav aria-label={t('contents')}>
          <h2>{t('contents')}</h2>
          {[...byTag].map(([tag, within]) => (
            <div key={tag}>
              <h3 lang="en">{tag}</h3>
              <ul className="list">
                {within.map(({ operationId, method, path, summary }) => (
                  <li key={operationId}>
                    <a href={`#${operationId}`}>
                      <code>
                        {method.toUpperCase()} {path}
                      </code>
                    </a>{' '}
                    <span lang="en">{summary}</span>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </nav>
        {operations.map((operation) => (
          <OperationPart key={operation.operationId} operation={operation} t={t} />
        ))}
        <section aria-labelledby="schemas">
          <h2 id="schemas">{t('schemas')}</h2>
          {schemas.map(([name, schema]) => (
            <section key={name} aria-labelledby={`schema-${name}`}>
              <h3 id={`schema-${name}`}>
                <code>{name}</code>
              </h3>
              <Fields label={name} rows={fieldsOf(schema)} t={t} />
            </section>
          ))}
        </section>
        <section aria-labelledby="about">
          <h2 id="about">{t('about')}</h2>
          <div lang="en">
            {document.info.description?.split('\n\n').map((part) => (
              <Paragraph key={part}>{part}</Paragraph>
            ))}
          </div>
        </section>
      </main>
    </div>
  )
}

function OperationPart({ operation, t }: { operation: Described; t: Words }) {
  const { operationId, method, path, summary, description, parameters = [], requestBody, responses } = operation
  const given = parameters.map(({ name, in: place, required = false, description: about = '', schema }) => ({
    name: `${name} (${t(`places.${place as 'query' | 'path' | 'header'}`)})`,
    type: typeIn(schema),
    isRequired: required,
    description: about,
  }))
  const body = requestBody?.content['application/json']?.schema
  return (
    <section className="operation" aria-labelledby={operationId}>
      <h2 id={operationId}>
        <code>
          {method.toUpperCase()} {path}
        </code>
      </h2>
      <div lang="en">
        <p>{summary}</p>
        {description?.split('\n\n').map((part) => (
          <Paragraph key={part}>{part}</Paragraph>
        ))}
      </div>
      {given.length > 0 && <Fields label={t('parameters')} rows={given} t={t} isTitled />}
      {body !== undefined && (
        <p>
          {t('body')} <SchemaLink schema={body} />
        </p>
      )}
      <h3>{t('answers')}</h3>
      <ul className="list">
        {Object.entries(responses).map(([status, { description: about, content }]) => (
          <li key={status}>
            <strong>{status}</strong> <span lang="en">{marked(about)}</span>{' '}
            {content && <SchemaLink schema={Object.values(content)[0]?.schema} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function SchemaLink({ schema }: { schema: unknown }) {
  const name = typeIn(schema)
  const isNamed = typeof schema === 'object' && schema !== null && '$ref' in schema
  return isNamed ? (
    <a href={`#schema-${name}`}>
      <code>{name}</code>
    </a>
  ) : (
    <code>{name}</code>
  )
}

type FieldsProps = { label: string; rows: readonly SchemaField[]; t: Words; isTitled?: boolean }

function Fields({ label, rows, t, isTitled = false }: FieldsProps) {
  if (rows.length === 0) return null
  return (
    <>
      {isTitled && <h3>{label}</h3>}
      <table aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('field')}</th>
            <th scope="col">{t('type')}</th>
            <th scope="col">{t('meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, type, isRequired, description }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
                {isRequired && <small> {t('required')}</small>}
              </th>
              <td>
                <code>{type}</code>
              </td>
              <td lang="en">{marked(description)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** A paragraph or list of the document. Its texts use no Markdown except code and links. */
function Paragraph({ children }: { children: string }) {
  const lines = children.split('\n')
  if (!lines.every((line) => line.startsWith('- '))) return <p>{marked(children)}</p>
  return (
    <ul className="list">
      {lines.map((line) => (
        <li key={line}>{marked(line.slice(2))}</li>
      ))}
    </ul>
  )
}

const marked = (text: string): ReactNode[] =>
  text.split(/(`[^`]+`|\[[^\]]+\]\([^)]+\))/).map((part) => {
    const [, label, href] = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part) ?? []
    if (href !== undefined)
      return (
        <a key={part} href={href}>
          {label}
        </a>
      )
    return part.startsWith('`') ? <code key={part}>{part.slice(1, -1)}</code> : part
  })

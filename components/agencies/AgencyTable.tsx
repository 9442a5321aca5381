'use client'

import { useQuery } from '@tanstack/react-query'
import { Building2, SearchX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { Table } from '#components/ui/Table.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import type { AgencyRow } from '#server/organisation/queries.ts'
import { AgencyForm, type CalendarChoice } from './AgencyForm.tsx'
import styles from './AgencyTable.module.css'
import { AgencyTableRow } from './AgencyTableRow.tsx'
import { EndAgencyForm } from './EndAgencyForm.tsx'
import { shownAgencies } from './shown-agencies.ts'

type Props = { initial: AgencyRow[]; calendars: CalendarChoice[]; today: string }
export type Editing =
  | { form: 'new'; parentId: string | null }
  | { form: 'change'; agency: AgencyRow }
  | { form: 'end'; agency: AgencyRow }

/** The agencies as a tree. All of it is loaded, so the search filters while typing. */
export function AgencyTable({ initial, calendars, today }: Props) {
  const t = useTranslations('agencies.admin')
  const trpc = useTRPC()
  const { data: agencies } = useQuery({ ...trpc.organisation.agencies.queryOptions(), initialData: initial })
  const [search, setSearch] = useState('')
  const [withEnded, setWithEnded] = useState(false)
  const [editing, setEditing] = useState<Editing | null>(null)
  const close = () => setEditing(null)
  const shown = useMemo(
    () => shownAgencies(agencies, { search, withEnded, today }),
    [agencies, search, withEnded, today],
  )
  const names = useMemo(() => new Map(agencies.map(({ id, shortName }) => [id, shortName])), [agencies])
  const ended = agencies.filter(({ validTo }) => validTo !== null && validTo < today).length
  const columns = [
    { key: 'name', label: t('columns.name') },
    { key: 'kind', label: t('columns.kind') },
    { key: 'calendar', label: t('columns.calendar') },
    { key: 'valid', label: t('columns.valid') },
    { key: 'accounts', label: t('columns.accounts'), align: 'end' as const },
    { key: 'openReports', label: t('columns.openReports'), align: 'end' as const },
    { key: 'actions', label: t('columns.actions'), quiet: true, width: 112 },
  ]
  return (
    <>
      <PageHeader
        title={t('title')}
        aside={t('count', { inOffice: agencies.length - ended, ended })}
        sentence={t('sentence')}
        actions={
          <Button icon={<Building2 />} onClick={() => setEditing({ form: 'new', parentId: null })}>
            {t('add')}
          </Button>
        }
      />
      <div className={styles.tools}>
        <TextInput
          type="search"
          className={styles.search}
          value={search}
          aria-label={t('searchLabel')}
          placeholder={t('searchLabel')}
          onChange={(event) => setSearch(event.target.value)}
        />
        <CheckField label={t('withEnded')} checked={withEnded} onChange={setWithEnded} />
      </div>
      {shown.length === 0 ? (
        <EmptyState icon={SearchX} title={t('empty')}>
          {t('emptySentence')}
        </EmptyState>
      ) : (
        <Table label={t('title')} columns={columns}>
          {shown.map(({ agency, depth }) => (
            <AgencyTableRow
              key={agency.id}
              agency={agency}
              depth={depth}
              hasEnded={agency.validTo !== null && agency.validTo < today}
              successor={agency.successorId === null ? null : (names.get(agency.successorId) ?? null)}
              onEdit={setEditing}
            />
          ))}
        </Table>
      )}
      {editing?.form === 'new' && (
        <AgencyForm
          agency={null}
          parentId={editing.parentId ?? rootOf(agencies)}
          calendars={calendars}
          onClose={close}
        />
      )}
      {editing?.form === 'change' && (
        <AgencyForm agency={editing.agency} parentId={editing.agency.parentId} calendars={calendars} onClose={close} />
      )}
      {editing?.form === 'end' && <EndAgencyForm agency={editing.agency} onClose={close} />}
    </>
  )
}

const rootOf = (agencies: readonly AgencyRow[]) => agencies.find(({ parentId }) => parentId === null)?.id ?? null

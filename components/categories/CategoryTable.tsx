'use client'

import { useQuery } from '@tanstack/react-query'
import { FolderPlus, Pencil, Plus, SearchX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useLimitWords } from '#components/calendars/use-limit-words.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { Cell, GroupRow, Table } from '#components/ui/Table.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { Category, CategoryGroup } from '#server/categories/queries.ts'
import { fold } from '#server/platform/rules/text.ts'
import { CategoryForm } from './CategoryForm.tsx'
import styles from './CategoryTable.module.css'
import { GroupForm } from './GroupForm.tsx'

type Editing =
  | { form: 'category'; group: CategoryGroup; category: Category | null }
  | { form: 'group'; group: CategoryGroup | null }

/** Both levels with their limits. All of it is loaded, so the search filters while typing. */
export function CategoryTable({ initial }: { initial: CategoryGroup[] }) {
  const t = useTranslations('categories')
  const trpc = useTRPC()
  const { data: tree } = useQuery({ ...trpc.categories.tree.queryOptions(), initialData: initial })
  const [search, setSearch] = useState('')
  const [withRetired, setWithRetired] = useState(false)
  const [editing, setEditing] = useState<Editing | null>(null)
  const groups = shownGroups(tree, search, withRetired)
  const count = tree.reduce((sum, { children }) => sum + children.length, 0)
  const columns = [
    { key: 'name', label: t('columns.name') },
    { key: 'severity', label: t('columns.severity') },
    { key: 'intake', label: t('columns.intake'), align: 'end' as const },
    { key: 'normal', label: t('columns.normal'), align: 'end' as const },
    { key: 'urgent', label: t('columns.urgent'), align: 'end' as const },
    { key: 'complex', label: t('columns.complex'), align: 'end' as const },
    { key: 'lead', label: t('columns.lead') },
    { key: 'requires', label: t('columns.requires') },
    { key: 'actions', label: t('columns.actions'), quiet: true, width: 48 },
  ]
  return (
    <>
      <PageHeader
        title={t('title')}
        aside={t('count', { groups: tree.length, count })}
        sentence={t('sentence')}
        actions={
          <Button icon={<FolderPlus />} onClick={() => setEditing({ form: 'group', group: null })}>
            {t('addGroup')}
          </Button>
        }
      />
      <div className={styles.tools}>
        <TextInput
          type="search"
          className={styles.search}
          value={search}
          aria-label={t('search')}
          placeholder={t('search')}
          onChange={(event) => setSearch(event.target.value)}
        />
        <CheckField label={t('retired')} checked={withRetired} onChange={setWithRetired} />
      </div>
      {groups.length === 0 ? (
        <EmptyState icon={SearchX} title={t('empty')}>
          {t('emptySentence')}
        </EmptyState>
      ) : (
        <Table label={t('title')} columns={columns}>
          {groups.map((group) => (
            <GroupRows key={group.code} group={group} columns={columns.length} onEdit={setEditing} />
          ))}
        </Table>
      )}
      {editing?.form === 'category' && <CategoryForm {...editing} onClose={() => setEditing(null)} />}
      {editing?.form === 'group' && <GroupForm group={editing.group} onClose={() => setEditing(null)} />}
    </>
  )
}

type RowsProps = { group: CategoryGroup; columns: number; onEdit: (editing: Editing) => void }

function GroupRows({ group, columns, onEdit }: RowsProps) {
  const t = useTranslations('categories')
  const nameIn = useNameIn()
  const name = nameIn(group)
  return (
    <>
      <GroupRow columns={columns}>
        <span className={styles.group} data-off={!group.isActive || undefined}>
          <span className={styles.code}>{group.code}</span>
          <span>{name}</span>
          {!group.isActive && <span className={styles.off}>{t('off')}</span>}
          <IconButton size="small" label={t('editLabel', { name })} onClick={() => onEdit({ form: 'group', group })}>
            <Pencil />
          </IconButton>
          <IconButton
            size="small"
            label={t('addIn', { name })}
            onClick={() => onEdit({ form: 'category', group, category: null })}
          >
            <Plus />
          </IconButton>
        </span>
      </GroupRow>
      {group.children.map((category) => (
        <CategoryRow
          key={category.code}
          category={category}
          onEdit={() => onEdit({ form: 'category', group, category })}
        />
      ))}
    </>
  )
}

function CategoryRow({ category, onEdit }: { category: Category; onEdit: () => void }) {
  const t = useTranslations('categories')
  const severities = useTranslations('reports.severities')
  const agencies = useTranslations('agencies')
  const lengthOf = useLimitWords()
  const name = useNameIn()(category)
  const requires = [category.needsApproval && t('approval'), category.needsPhoto && t('photo')].filter(Boolean)
  return (
    <tr className={category.isActive ? undefined : styles.retired}>
      <Cell heading>
        <span className={styles.name}>
          <span className={styles.code}>{category.code}</span>
          <span>
            {name}
            {!category.isActive && <span className={styles.off}>{t('off')}</span>}
          </span>
        </span>
      </Cell>
      <Cell label={t('columns.severity')}>
        <span className={styles[category.defaultSeverity]}>{severities(category.defaultSeverity)}</span>
      </Cell>
      <Cell label={t('columns.intake')} align="end">
        {lengthOf(category.intakeMinutes)}
      </Cell>
      <Cell label={t('columns.normal')} align="end">
        {lengthOf(category.normalMinutes)}
      </Cell>
      <Cell label={t('columns.urgent')} align="end">
        {lengthOf(category.urgentMinutes)}
      </Cell>
      <Cell label={t('columns.complex')} align="end">
        {category.complexMinutes === null ? (
          <span className={styles.quiet}>{lengthOf(2 * category.normalMinutes)}</span>
        ) : (
          lengthOf(category.complexMinutes)
        )}
      </Cell>
      <Cell label={t('columns.lead')}>
        {category.leadAgencyName ?? <span className={styles.quiet}>{agencies('local')}</span>}
      </Cell>
      <Cell label={t('columns.requires')}>
        {requires.length > 0 && <span className={styles.requires}>{requires.join(', ')}</span>}
      </Cell>
      <Cell actions>
        <IconButton size="small" label={t('editLabel', { name })} onClick={onEdit}>
          <Pencil />
        </IconButton>
      </Cell>
    </tr>
  )
}

function shownGroups(tree: readonly CategoryGroup[], search: string, withRetired: boolean): CategoryGroup[] {
  const words = fold(search).split(/\s+/).filter(Boolean)
  const says = ({ code, name, nameEn, leadAgencyName }: Category) => {
    const text = fold([code, name, nameEn, leadAgencyName].join(' '))
    return words.every((word) => text.includes(word))
  }
  return tree
    .filter(({ isActive }) => withRetired || isActive)
    .map((group) => ({
      ...group,
      children: group.children.filter(
        (category) => (withRetired || category.isActive) && (says(category) || says(group)),
      ),
    }))
    .filter((group) => group.children.length > 0 || says(group))
}

'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { MessageSquarePlus, Pencil, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { OrderButtons } from '#components/ui/OrderButtons.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { AnswerTemplate } from '#server/reports/queries/answer-templates.ts'
import { type TemplateUse, templateUses } from '#server/reports/rules/parts.ts'
import { TemplateForm } from './TemplateForm.tsx'
import styles from './TemplateList.module.css'
import { TemplateText } from './TemplateText.tsx'

type Editing = { template: AnswerTemplate | null; use: TemplateUse; position: number }

/** The templates by use, in the order in which staff see them. */
export function TemplateList({ initial }: { initial: AnswerTemplate[] }) {
  const t = useTranslations('admin.templates')
  const trpc = useTRPC()
  const { data: templates } = useQuery({ ...trpc.answerTemplates.list.queryOptions(), initialData: initial })
  const [editing, setEditing] = useState<Editing | null>(null)
  const swap = useSwap()
  const lastOf = (use: TemplateUse) =>
    Math.max(0, ...templates.filter((each) => each.use === use).map(({ position }) => position))
  const addTo = (use: TemplateUse) => setEditing({ template: null, use, position: Math.min(lastOf(use) + 10, 10_000) })
  return (
    <>
      <PageHeader
        title={t('title')}
        aside={t('count', { count: templates.length })}
        sentence={t('sentence')}
        actions={
          <Button variant="primary" icon={<MessageSquarePlus />} onClick={() => addTo('answer')}>
            {t('add')}
          </Button>
        }
      />
      {templates.length === 0 && (
        <EmptyState icon={MessageSquarePlus} title={t('empty')}>
          {t('emptySentence')}
        </EmptyState>
      )}
      {templates.length > 0 &&
        templateUses.map((use) => {
          const own = templates.filter((each) => each.use === use)
          return (
            <section key={use} className={styles.use} aria-labelledby={`use-${use}`}>
              <header className={styles.heading}>
                <SectionLabel as="h2" id={`use-${use}`} count={own.length}>
                  {t(`uses.${use}`)}
                </SectionLabel>
                <IconButton size="small" label={`${t('add')}: ${t(`uses.${use}`)}`} onClick={() => addTo(use)}>
                  <Plus />
                </IconButton>
              </header>
              {own.length === 0 && <p className={styles.quiet}>{t('emptyUse')}</p>}
              <ol className={styles.templates}>
                {own.map((template, i) => (
                  <TemplateRow
                    key={template.id}
                    template={template}
                    before={own[i - 1]}
                    after={own[i + 1]}
                    onEdit={() => setEditing({ template, use, position: template.position })}
                    onSwap={(other) => swap(own, template, other)}
                  />
                ))}
              </ol>
            </section>
          )
        })}
      {editing && <TemplateForm {...editing} onClose={() => setEditing(null)} />}
    </>
  )
}

type RowProps = {
  template: AnswerTemplate
  before: AnswerTemplate | undefined
  after: AnswerTemplate | undefined
  onEdit: () => void
  onSwap: (other: AnswerTemplate) => void
}

function TemplateRow({ template, before, after, onEdit, onSwap }: RowProps) {
  const t = useTranslations('admin.templates')
  const words = useTranslations('reports')
  const nameIn = useNameIn()
  const { name, categoryName, categoryNameEn, reason, outcome, body, isActive } = template
  const category =
    categoryName === null ? t('anyCategory') : nameIn({ name: categoryName, nameEn: categoryNameEn ?? '' })
  return (
    <li className={styles.template} data-off={!isActive || undefined}>
      <div className={styles.words}>
        <h3 className={styles.name}>
          {name}
          {!isActive && <span className={styles.mark}>{t('off')}</span>}
        </h3>
        <p className={styles.quiet}>
          {category}
          {reason && ` · ${t('standsFor', { reason: words(`rejectReasons.${reason}`) })}`}
          {outcome && ` · ${t('states', { outcome: words(`outcomes.${outcome}`) })}`}
        </p>
        <p className={styles.body}>
          <TemplateText body={body} />
        </p>
      </div>
      <div className={styles.actions}>
        <OrderButtons
          name={name}
          isFirst={!before}
          isLast={!after}
          onUp={() => before && onSwap(before)}
          onDown={() => after && onSwap(after)}
        />
        <IconButton size="small" label={t('edit', { name })} onClick={onEdit}>
          <Pencil />
        </IconButton>
      </div>
    </li>
  )
}

/** Swaps a template with its neighbour; where both share a position the list is numbered first. */
function useSwap() {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const save = useMutation(trpc.answerTemplates.save.mutationOptions())
  return async (list: readonly AnswerTemplate[], one: AnswerTemplate, other: AnswerTemplate) => {
    const order = list.map((each) => (each === one ? other : each === other ? one : each))
    try {
      for (const [i, each] of order.entries()) {
        const position = (i + 1) * 10
        if (each.position === position) continue
        const { categoryName: _, categoryNameEn: __, ...template } = each
        await save.mutateAsync({ ...template, position })
      }
    } catch (error) {
      toast({ text: textOf(error), tone: 'failure' })
    }
    await queries.invalidateQueries(trpc.answerTemplates.pathFilter())
  }
}

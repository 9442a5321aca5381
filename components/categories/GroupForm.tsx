'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useSaved } from '#components/events/use-saved.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useForm } from '#components/ui/use-form.ts'
import type { CategoryGroup } from '#server/categories/queries.ts'
import { categoryGroupFields } from '#server/categories/rules/schemas.ts'
import { CategorySheet } from './CategorySheet.tsx'

/** A category of the first level: a name that groups others. */
export function GroupForm({ group, onClose }: { group: CategoryGroup | null; onClose: () => void }) {
  const t = useTranslations('categories.form')
  const done = useTranslations('categories.done')
  const trpc = useTRPC()
  const { saved, take } = useSaved([trpc.categories.pathFilter()], onClose)
  const { name = '', nameEn = '', isActive = true } = group ?? {}
  const form = useForm(categoryGroupFields, { name, nameEn, isActive })
  const said = { name: form.values.name }
  const add = useMutation(trpc.categories.addGroup.mutationOptions({ onSuccess: () => saved(done('added', said)) }))
  const change = useMutation(
    trpc.categories.changeGroup.mutationOptions({ onSuccess: () => saved(done('changed', said)) }),
  )
  return (
    <CategorySheet
      title={group ? t('editGroupTitle', { code: group.code }) : t('addGroupTitle')}
      entry={group}
      code={{ initial: group?.code ?? '', hint: t('groupCodeHint'), longest: 2 }}
      form={form}
      save={group ? change : add}
      onSave={(fields, { code, version }) =>
        group ? change.mutate({ code, version, fields }) : add.mutate({ code, fields })
      }
      onTake={take}
      onClose={onClose}
    />
  )
}

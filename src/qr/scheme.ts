/** The scheme of an EMVCo code by its allocated ids and names (EMVCo MPM 1.1, 4.7.4, and the schemes' own publications). */
import type { CodeTable, SchemeRule } from './code-table.ts'
import type { MpmCode, MpmTemplate } from './mpm.ts'

/** Null when no rule of the table fits. */
export function schemeOfMpm(code: MpmCode, table: CodeTable): string | null {
  const accounts = Object.entries(code.merchantAccounts)
  const rule = table.schemes.find((scheme) =>
    accounts.some(([id, value]) => fits(scheme, id, globalId(value))),
  )
  return rule?.name ?? null
}

/** By the first application that the table knows. */
export function schemeOfCpm(applications: readonly string[], table: CodeTable): string | null {
  const rule = table.schemes.find((scheme) => applications.some((aid) => fits(scheme, 'CPM', aid)))
  return rule?.name ?? null
}

/** Of a template its object 00; a plain account has none. */
function globalId(value: MpmTemplate): string {
  return typeof value === 'string' ? '' : (value['00'] ?? '')
}

function fits(rule: SchemeRule, id: string, name: string): boolean {
  if (rule.accounts.length > 0 && !rule.accounts.includes(id)) return false
  return name.toLowerCase().includes(rule.mark.toLowerCase())
}

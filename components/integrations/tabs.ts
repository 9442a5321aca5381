export const integrationTabs = {
  clients: '/admin/integrations',
  webhooks: '/admin/integrations/webhooks',
  gateways: '/admin/integrations/gateways',
  deliveries: '/admin/integrations/deliveries',
} as const
export type IntegrationTab = keyof typeof integrationTabs
export const integrationTabNames = Object.keys(integrationTabs) as IntegrationTab[]

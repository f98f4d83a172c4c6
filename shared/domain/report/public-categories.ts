/**
 * The five categories under which the public reports, as the service names them.
 * Source: Dyfed-Powys PCC release of 15 March 2024, and the service's public page.
 */
export const publicCategories = {
  information: { label: 'Information or influence for money or favours', short: 'Information' },
  advantage: { label: 'Using their position for personal advantage, financial or otherwise', short: 'Advantage' },
  sexualPurpose: {
    label: 'Crossing professional boundaries or abusing their position for a sexual purpose',
    short: 'Sexual purpose',
  },
  partnerAbuse: {
    label: 'Abusing or controlling a partner or someone they are in a relationship with',
    short: 'Partner abuse',
  },
  discrimination: {
    label: 'Racist, homophobic, misogynistic or disablist conduct',
    short: 'Discrimination',
  },
} as const;

export type PublicCategory = keyof typeof publicCategories;
export const publicCategoryIds = Object.keys(publicCategories) as [PublicCategory, ...PublicCategory[]];

import type { Zone } from '../../lib/zoned-time.ts';

/**
 * A state or province by its ISO 3166-2 code, such as `US-FL` or `CA-BC`. Only the United States and Canada
 * have calling law by state, so only theirs are here.
 */
export type StateCode = string;

const NY = 'America/New_York';
const CHI = 'America/Chicago';
const DEN = 'America/Denver';
const LA = 'America/Los_Angeles';

/** The clocks in use in each state, whole or in part. Custom that no law knows (Phenix City) is left out. */
const ZONES: Readonly<Record<StateCode, readonly Zone[]>> = {
  'US-AK': ['America/Anchorage', 'America/Adak'],
  'US-AL': [CHI],
  'US-AR': [CHI],
  'US-AS': ['Pacific/Pago_Pago'],
  // The Navajo Nation changes its clocks, the rest of Arizona does not.
  'US-AZ': ['America/Phoenix', DEN],
  'US-CA': [LA],
  'US-CO': [DEN],
  'US-CT': [NY],
  'US-DC': [NY],
  'US-DE': [NY],
  'US-FL': [NY, CHI],
  'US-GA': [NY],
  'US-GU': ['Pacific/Guam'],
  'US-HI': ['Pacific/Honolulu'],
  'US-IA': [CHI],
  'US-ID': ['America/Boise', LA],
  'US-IL': [CHI],
  'US-IN': ['America/Indiana/Indianapolis', CHI],
  'US-KS': [CHI, DEN],
  'US-KY': [NY, CHI],
  'US-LA': [CHI],
  'US-MA': [NY],
  'US-MD': [NY],
  'US-ME': [NY],
  'US-MI': ['America/Detroit', 'America/Menominee'],
  'US-MN': [CHI],
  'US-MO': [CHI],
  'US-MP': ['Pacific/Guam'],
  'US-MS': [CHI],
  'US-MT': [DEN],
  'US-NC': [NY],
  'US-ND': [CHI, DEN],
  'US-NE': [CHI, DEN],
  'US-NH': [NY],
  'US-NJ': [NY],
  'US-NM': [DEN],
  // West Wendover keeps Utah’s time.
  'US-NV': [LA, DEN],
  'US-NY': [NY],
  'US-OH': [NY],
  'US-OK': [CHI],
  'US-OR': [LA, 'America/Boise'],
  'US-PA': [NY],
  'US-PR': ['America/Puerto_Rico'],
  'US-RI': [NY],
  'US-SC': [NY],
  'US-SD': [CHI, DEN],
  'US-TN': [CHI, NY],
  'US-TX': [CHI, DEN],
  'US-UT': [DEN],
  'US-VA': [NY],
  'US-VI': ['America/Puerto_Rico'],
  'US-VT': [NY],
  'US-WA': [LA],
  'US-WI': [CHI],
  'US-WV': [NY],
  'US-WY': [DEN],
  'CA-AB': ['America/Edmonton'],
  'CA-BC': [
    'America/Vancouver',
    'America/Edmonton',
    'America/Creston',
    'America/Dawson_Creek',
    'America/Fort_Nelson',
  ],
  'CA-MB': ['America/Winnipeg'],
  'CA-NB': ['America/Moncton'],
  'CA-NL': ['America/St_Johns', 'America/Goose_Bay'],
  'CA-NS': ['America/Halifax', 'America/Glace_Bay'],
  'CA-NT': ['America/Inuvik', 'America/Edmonton'],
  'CA-NU': ['America/Iqaluit', 'America/Rankin_Inlet', 'America/Resolute', 'America/Cambridge_Bay'],
  // The far west of Ontario kept Manitoba’s time; where it goes now that Manitoba has changed is not settled.
  'CA-ON': ['America/Toronto', 'America/Winnipeg', CHI, 'America/Atikokan'],
  'CA-PE': ['America/Halifax'],
  // The Magdalen Islands keep Atlantic time, Blanc-Sablon keeps it all year.
  'CA-QC': ['America/Toronto', 'America/Halifax', 'America/Blanc-Sablon'],
  'CA-SK': ['America/Regina', 'America/Swift_Current', 'America/Edmonton'],
  'CA-YT': ['America/Whitehorse', 'America/Dawson'],
};

const NAMES: Readonly<Record<StateCode, string>> = {
  'US-AK': 'Alaska',
  'US-AL': 'Alabama',
  'US-AR': 'Arkansas',
  'US-AS': 'American Samoa',
  'US-AZ': 'Arizona',
  'US-CA': 'California',
  'US-CO': 'Colorado',
  'US-CT': 'Connecticut',
  'US-DC': 'District of Columbia',
  'US-DE': 'Delaware',
  'US-FL': 'Florida',
  'US-GA': 'Georgia',
  'US-GU': 'Guam',
  'US-HI': 'Hawaii',
  'US-IA': 'Iowa',
  'US-ID': 'Idaho',
  'US-IL': 'Illinois',
  'US-IN': 'Indiana',
  'US-KS': 'Kansas',
  'US-KY': 'Kentucky',
  'US-LA': 'Louisiana',
  'US-MA': 'Massachusetts',
  'US-MD': 'Maryland',
  'US-ME': 'Maine',
  'US-MI': 'Michigan',
  'US-MN': 'Minnesota',
  'US-MO': 'Missouri',
  'US-MP': 'Northern Mariana Islands',
  'US-MS': 'Mississippi',
  'US-MT': 'Montana',
  'US-NC': 'North Carolina',
  'US-ND': 'North Dakota',
  'US-NE': 'Nebraska',
  'US-NH': 'New Hampshire',
  'US-NJ': 'New Jersey',
  'US-NM': 'New Mexico',
  'US-NV': 'Nevada',
  'US-NY': 'New York',
  'US-OH': 'Ohio',
  'US-OK': 'Oklahoma',
  'US-OR': 'Oregon',
  'US-PA': 'Pennsylvania',
  'US-PR': 'Puerto Rico',
  'US-RI': 'Rhode Island',
  'US-SC': 'South Carolina',
  'US-SD': 'South Dakota',
  'US-TN': 'Tennessee',
  'US-TX': 'Texas',
  'US-UT': 'Utah',
  'US-VA': 'Virginia',
  'US-VI': 'US Virgin Islands',
  'US-VT': 'Vermont',
  'US-WA': 'Washington',
  'US-WI': 'Wisconsin',
  'US-WV': 'West Virginia',
  'US-WY': 'Wyoming',
  'CA-AB': 'Alberta',
  'CA-BC': 'British Columbia',
  'CA-MB': 'Manitoba',
  'CA-NB': 'New Brunswick',
  'CA-NL': 'Newfoundland and Labrador',
  'CA-NS': 'Nova Scotia',
  'CA-NT': 'Northwest Territories',
  'CA-NU': 'Nunavut',
  'CA-ON': 'Ontario',
  'CA-PE': 'Prince Edward Island',
  'CA-QC': 'Quebec',
  'CA-SK': 'Saskatchewan',
  'CA-YT': 'Yukon',
};

const byName = new Map(Object.entries(NAMES).map(([code, name]) => [name.toLowerCase(), code]));

/** Every state that has a code here. */
export const stateCodes: readonly StateCode[] = Object.keys(ZONES);

export function zonesOfState(state: StateCode): readonly Zone[] {
  return ZONES[state] ?? [];
}

/** “Florida” for `US-FL`; the code itself where there is no name. */
export function stateName(state: StateCode): string {
  return NAMES[state] ?? state;
}

/** What an address calls a state (“FL”, “US-FL”, “Florida”, “Fla”) as a code, or null where it means none. */
export function readState(text: string, country: string | null): StateCode | null {
  const typed = text.trim().replace(/\.$/, '');
  const countries = country === null ? ['US', 'CA'] : [country];
  for (const each of countries) {
    const code = `${each}-${typed.toUpperCase().replace(`${each}-`, '')}`;
    if (code in ZONES) return code;
  }
  const named = byName.get(typed.toLowerCase()) ?? byName.get(OTHER_NAMES[typed.toLowerCase()] ?? '');
  return named !== undefined && countries.includes(named.slice(0, 2)) ? named : null;
}

const OTHER_NAMES: Readonly<Record<string, string>> = {
  'washington dc': 'district of columbia',
  'washington, dc': 'district of columbia',
  'd.c': 'district of columbia',
  fla: 'florida',
  calif: 'california',
  mass: 'massachusetts',
  québec: 'quebec',
  newfoundland: 'newfoundland and labrador',
  'virgin islands': 'us virgin islands',
};

/** adaptivecards-templating's types reach for this one type of a package it does not bring along. */
export interface IAdaptiveCard {
  type: string;
  version?: string;
}

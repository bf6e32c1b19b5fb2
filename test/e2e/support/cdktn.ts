/** cdktn, in which cdktf lives on, under the name that programs and this package import. */
export const CDKTN = "cdktf@npm:cdktn@0.24.0";

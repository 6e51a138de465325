/**
 * Pages that people look at: one HTML file each, which needs no network, with charts, tables and
 * pictures. A {@link io.ocellus.page.Page} is made of {@link io.ocellus.page.Section sections}, and
 * those of {@link io.ocellus.page.Block blocks}. All text is escaped here and nowhere else.
 */
package io.ocellus.page;

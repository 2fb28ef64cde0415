-- What a dish contains of the 19 groups that food labels name, in their order (shared-types: `Allergen`).

SET LOCAL lock_timeout = '5s';

ALTER TABLE menus
    ADD COLUMN allergens text[] NOT NULL DEFAULT '{}'
        CONSTRAINT menus_allergens_check CHECK (cardinality(allergens) <= 19 AND allergens <@ ARRAY[
            'eggs', 'milk', 'buckwheat', 'peanuts', 'soybeans', 'wheat', 'mackerel', 'crab', 'shrimp', 'pork',
            'peach', 'tomato', 'sulphites', 'walnuts', 'chicken', 'beef', 'squid', 'shellfish', 'pine_nuts']);

// What only the desk has.

/* Tables that a reader may sort: a button in every head of .mz-sortable. Rows without a figure always come last, whichever way is sorted;
   without this script the table stands in the order in which it was published. */
(() => {
  "use strict";
  const value = (row, column) => {
    const text = row.cells[column].textContent.trim().replaceAll(",", "").replace("−", "-").replace("%", "");
    return text !== "" && Number.isFinite(Number(text)) ? Number(text) : null;
  };
  const word = (row, column) => row.cells[column].textContent.trim();
  document.querySelectorAll("table.mz-sortable").forEach(table => {
    const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0], rows = [...body.rows];
    heads.forEach((head, column) => {
      const button = Object.assign(document.createElement("button"), {type: "button", textContent: head.textContent.trim(), title: "按这一列排序"});
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const words = column === 0, down = head.getAttribute("aria-sort") !== (words ? "ascending" : "descending") ? !words : words;
        const sign = down ? -1 : 1;
        const sorted = [...rows].sort((one, other) => {
          if (words) return sign * word(one, 0).localeCompare(word(other, 0), "zh");
          const [left, right] = [value(one, column), value(other, column)];
          if (left === null || right === null) return (left === null) - (right === null);
          return sign * (left - right);
        });
        heads.forEach(other => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        body.append(...sorted);
      });
    });
  });
})();

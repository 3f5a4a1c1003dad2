// Makes ticked boxes of one name of what is chosen or typed: noren.js sends them as a list.

function box(name, value) {
  const made = document.createElement('input');
  made.type = 'checkbox';
  made.name = name;
  made.value = value;
  made.dataset.type = 'chosen';
  made.checked = true;
  return made;
}

// What is typed goes with what is ticked; nobody sees its boxes.
for (const typed of document.querySelectorAll('[data-adds]')) {
  const boxes = document.createElement('span');
  const between = typed.tagName === 'TEXTAREA' ? /\n/ : /[,、]/;
  boxes.hidden = true;
  typed.form.append(boxes);
  typed.addEventListener('input', () => {
    const texts = typed.value.normalize('NFKC').split(between).map((each) => each.trim());
    boxes.replaceChildren(
      ...texts.filter((each) => each).map((each) => box(typed.dataset.adds, each)));
  });
}

// A place and a service make one more line, ticked, which can be unticked again.
for (const chooser of document.querySelectorAll('[data-chooses]')) {
  const where = chooser.querySelector('[data-part="where"]');
  const services = chooser.querySelector('[data-part="services"]');
  const list = document.getElementById(chooser.dataset.chooses);
  chooser.querySelector('button').addEventListener('click', () => {
    const value = `${where.value} ${services.value}`.trim();
    const there = [...list.querySelectorAll('input')].find((each) => each.value === value);
    if (there) {
      there.checked = true;
      return;
    }
    const label = document.createElement('label');
    label.className = 'inline';
    const service = services.value ? `: ${services.selectedOptions[0].text}` : '';
    label.append(box('reaches', value), where.selectedOptions[0].text + service);
    list.append(label);
  });
}

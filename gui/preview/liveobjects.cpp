// SPDX-License-Identifier: GPL-3.0-or-later
#include "preview/liveobjects.h"

#include "preview/consequences.h"
#include "yaml/printer.h"

#include <algorithm>

namespace pk::gui {

namespace {

const Value *entryOf(const Value &map, std::string_view key)
{
    return map.isMap() ? map.asMap().find(key) : nullptr;
}

/// The item of `list` that stands for an item: the one of the same name, else the one at the same place.
const Value *partnerIn(const Value &list, const Value &item, std::size_t index)
{
    if (!list.isList())
        return nullptr;
    const auto &items = list.asList().items;
    if (const Value *name = entryOf(item, "name")) {
        for (const Value &candidate : items) {
            const Value *other = entryOf(candidate, "name");
            if (other && other->sameContent(*name))
                return &candidate;
        }
        return nullptr;
    }
    return index < items.size() ? &items[index] : nullptr;
}

/// `shown` without what `named` does not name and `other` has alike. Null for `other`: there is no other side.
Value withoutDefaulted(const Value &shown, const Value *other, const Value *named)
{
    if (!named)
        return shown;
    if (shown.isMap() && named->isMap()) {
        Value kept = Value::map();
        for (const Map::Entry &entry : shown.asMap()) {
            const Value *there = other ? entryOf(*other, entry.key) : nullptr;
            const Value *wanted = entryOf(*named, entry.key);
            const bool differs = other && !(there && there->sameContent(entry.value));
            if (wanted || differs)
                kept.asMap().set(entry.key, withoutDefaulted(entry.value, there, wanted));
        }
        return kept;
    }
    if (shown.isList() && named->isList()) {
        std::vector<Value> kept;
        const auto &items = shown.asList().items;
        for (std::size_t i = 0; i < items.size(); ++i)
            kept.push_back(withoutDefaulted(
                items[i], other ? partnerIn(*other, items[i], i) : nullptr, partnerIn(*named, items[i], i)));
        return Value::list(std::move(kept));
    }
    return shown;
}

/// Without what the server writes for itself.
Value withoutBookkeeping(const Value &object)
{
    if (!object.isMap())
        return object;
    Value kept = object.deepCopy();
    kept.asMap().erase("status");
    Value *metadata = kept.asMap().find("metadata");
    if (!metadata || !metadata->isMap())
        return kept;
    for (const char *key :
        {"managedFields", "uid", "resourceVersion", "generation", "creationTimestamp", "selfLink", "deletionTimestamp"})
        metadata->asMap().erase(key);
    if (Value *annotations = metadata->asMap().find("annotations"); annotations && annotations->isMap()) {
        for (const char *key :
            {"kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision"})
            annotations->asMap().erase(key);
        if (annotations->asMap().isEmpty())
            metadata->asMap().erase("annotations");
    }
    return kept;
}

QByteArray printed(const Value &object)
{
    return object.isNil() ? QByteArray() : QByteArray::fromStdString(yaml::toYaml(object)) + '\n';
}

PreviewObject named(const release::Object &object)
{
    PreviewObject one;
    one.key = previewKey(object.kind, object.name);
    one.kind = QString::fromStdString(object.kind);
    one.name = QString::fromStdString(object.name);
    return one;
}

} // namespace

PreviewObject liveObject(const release::Object &wanted, const release::DryRunResult &answer, bool withDefaulted)
{
    PreviewObject one = named(wanted);
    const Value live = withoutBookkeeping(answer.live);
    const bool tried = !answer.error && answer.result.isMap();
    const Value next = tried ? withoutBookkeeping(answer.result) : wanted.tree;
    if (!tried) {
        // The manifest has no defaults to compare with: only what it names counts.
        one.before = printed(live.isNil() ? live : withoutDefaulted(live, nullptr, &wanted.tree));
        one.after = printed(next);
    } else if (withDefaulted) {
        one.before = printed(live);
        one.after = printed(next);
    } else {
        one.before = printed(live.isNil() ? live : withoutDefaulted(live, &next, &wanted.tree));
        one.after = printed(withoutDefaulted(next, live.isNil() ? nullptr : &live, &wanted.tree));
    }
    const bool refused = answer.error && answer.error->code == Error::Code::InvalidInput;
    one.state = refused           ? ChangeState::Refused
        : one.before.isEmpty()    ? ChangeState::Created
        : one.before == one.after ? ChangeState::Unchanged
                                  : ChangeState::Changed;
    return one;
}

LiveObjects::~LiveObjects() = default;

void LiveObjects::stop()
{
    m_dryRun.reset();
    m_calls.clear();
    m_wanted.clear();
    m_answers.clear();
    m_gone.clear();
    m_goneLive.clear();
    m_asking = false;
    m_answered = false;
    m_error.reset();
}

void LiveObjects::ask(release::ClusterApi &api, const std::string &manifest, const std::string &deployed,
    const std::string &release, const std::string &ns, const kube::ResourceCatalog *kinds)
{
    m_dryRun.reset();
    m_calls.clear();
    m_error.reset();
    auto wanted = release::readObjects(manifest, ns, kinds);
    const auto before = release::readObjects(deployed, ns, kinds);
    if (!wanted) {
        stop();
        m_error = wanted.error();
        Q_EMIT answered();
        return;
    }
    m_wanted = std::move(*wanted);
    m_gone.clear();
    for (const release::Object &old : before ? *before : std::vector<release::Object>()) {
        if (std::none_of(m_wanted.begin(), m_wanted.end(),
                [&old](const release::Object &object) { return object.key() == old.key(); }))
            m_gone.push_back(old);
    }
    m_goneLive.assign(m_gone.size(), Value());
    m_answers.clear();
    m_open = 1 + m_gone.size();
    m_asking = true;
    for (std::size_t i = 0; i < m_gone.size(); ++i) {
        m_calls.push_back(api.get(m_gone[i].path(), [this, i](kube::Answer<Value> answer) {
            if (answer)
                m_goneLive[i] = *answer;
            finish();
        }));
    }
    // Forced: whose fields they are does not matter to what would become of them.
    m_dryRun = std::make_unique<release::DryRun>(
        api, m_wanted, release, ns, true, [this](std::vector<release::DryRunResult> answers) {
            m_answers = std::move(answers);
            finish();
        });
    m_dryRun->start();
}

void LiveObjects::finish()
{
    if (--m_open > 0)
        return;
    m_asking = false;
    m_answered = true;
    // Of nothing at all is anything known: then the first reason is the reason.
    const bool nothing =
        !m_answers.empty() && std::all_of(m_answers.begin(), m_answers.end(), [](const release::DryRunResult &answer) {
            return answer.error && answer.live.isNil() && answer.error->code != Error::Code::InvalidInput
                && answer.error->code != Error::Code::NotFound;
        });
    m_error = nothing ? m_answers.front().error : std::nullopt;
    Q_EMIT answered();
}

QVector<PreviewObject> LiveObjects::objects(bool withDefaulted) const
{
    QVector<PreviewObject> objects;
    for (std::size_t i = 0; i < m_answers.size() && i < m_wanted.size(); ++i)
        objects.append(liveObject(m_wanted[i], m_answers[i], withDefaulted));
    for (std::size_t i = 0; i < m_gone.size(); ++i) {
        if (m_goneLive[i].isNil())
            continue;
        PreviewObject one = named(m_gone[i]);
        const Value live = withoutBookkeeping(m_goneLive[i]);
        one.before = printed(withDefaulted ? live : withoutDefaulted(live, nullptr, &m_gone[i].tree));
        one.state = ChangeState::Deleted;
        objects.append(one);
    }
    return objects;
}

} // namespace pk::gui

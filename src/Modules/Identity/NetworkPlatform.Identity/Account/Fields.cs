using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace NetworkPlatform.Identity.Account;

/// <summary>The inputs of forms.</summary>
internal static class Fields
{
    /// <summary>A labelled input with its hint and its error, tied together so that a screen reader says all three.</summary>
    /// <param name="name">The form value's name, by which errors find the field.</param>
    /// <param name="text">Its label and hint are the texts <c>Field.{text}</c> and <c>Hint.{text}</c>; its name where it is null.</param>
    /// <param name="isCode">Characters to be copied from somewhere, not words.</param>
    internal static IHtmlContent Field(
        this AccountPage page, string name, string? text = null, string type = "text", string? autocomplete = null, string? value = null, int maxLength = 254, bool isCode = false)
    {
        var hint = page.Texts[$"Hint.{text ?? name}"];
        var error = page.ModelState.TryGetValue(name, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : null;
        var describedBy = string.Join(' ', new[] { hint.ResourceNotFound ? null : $"{name}-hint", error is null ? null : $"{name}-error" }.OfType<string>());
        var field = Element("div", null, ("class", "field"));
        field.InnerHtml.AppendHtml(Element("label", page.Texts[$"Field.{text ?? name}"], ("for", name)));
        if (!hint.ResourceNotFound)
        {
            field.InnerHtml.AppendHtml(Element("p", hint, ("class", "hint"), ("id", $"{name}-hint")));
        }

        var input = Element(
            "input", null, ("id", name), ("name", name), ("type", type), ("value", value), ("autocomplete", autocomplete), ("maxlength", maxLength.ToString(CultureInfo.InvariantCulture)),
            ("class", isCode ? "code" : null), ("spellcheck", isCode ? "false" : null), ("required", "required"), ("aria-invalid", error is null ? null : "true"),
            ("aria-describedby", describedBy.Length > 0 ? describedBy : null));
        input.TagRenderMode = TagRenderMode.SelfClosing;
        field.InnerHtml.AppendHtml(input);
        if (error is not null)
        {
            field.InnerHtml.AppendHtml(Element("p", error, ("class", "error"), ("id", $"{name}-error")));
        }

        return field;
    }

    private static TagBuilder Element(string name, string? text, params (string Key, string? Value)[] attributes)
    {
        var element = new TagBuilder(name);
        foreach (var (key, value) in attributes.Where(a => a.Value is not null))
        {
            element.Attributes[key] = value;
        }

        if (text is not null)
        {
            element.InnerHtml.Append(text);
        }

        return element;
    }
}

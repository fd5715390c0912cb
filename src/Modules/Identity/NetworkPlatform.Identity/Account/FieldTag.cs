using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace NetworkPlatform.Identity.Account;

/// <summary>A labelled input with its hint and its error, tied together so that a screen reader says all three.</summary>
[HtmlTargetElement("field", TagStructure = TagStructure.WithoutEndTag)]
internal sealed class FieldTag : TagHelper
{
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>The form value's name, by which errors find the field.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its label and hint are the texts <c>Field.{Text}</c> and <c>Hint.{Text}</c>.</summary>
    public string? Text { get; set; }

    public string Type { get; set; } = "text";

    public string? Value { get; set; }

    public string? Autocomplete { get; set; }

    public bool IsCode { get; set; }

    public bool IsOptional { get; set; }

    public int MaxLength { get; set; } = 254;

    [SuppressMessage("Globalization", "CA1305", Justification = "Numbers of attributes are written invariantly below.")]
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var texts = ((AccountPage)ViewContext.ViewData.Model!).Texts;
        var hint = texts[$"Hint.{Text ?? Name}"];
        var error = ViewContext.ModelState.TryGetValue(Name, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : null;
        var described = string.Join(' ', new[] { hint.ResourceNotFound ? null : $"{Name}-hint", error is null ? null : $"{Name}-error" }.OfType<string>());

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "field");
        output.Content.AppendHtml(Element("label", texts[$"Field.{Text ?? Name}"], ("for", Name)));
        if (!hint.ResourceNotFound)
        {
            output.Content.AppendHtml(Element("p", hint, ("class", "hint"), ("id", $"{Name}-hint")));
        }

        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        (string Key, string? Value)[] attributes =
        [
            ("id", Name), ("name", Name), ("type", Type), ("value", Value), ("autocomplete", Autocomplete), ("maxlength", MaxLength.ToString(CultureInfo.InvariantCulture)),
            ("class", IsCode ? "code" : null), ("inputmode", IsCode ? "text" : null), ("required", IsOptional ? null : "required"), ("spellcheck", IsCode ? "false" : null),
            ("aria-invalid", error is null ? null : "true"), ("aria-describedby", described.Length > 0 ? described : null),
        ];
        foreach (var (key, value) in attributes.Where(a => a.Value is not null))
        {
            input.Attributes[key] = value;
        }

        output.Content.AppendHtml(input);
        if (error is not null)
        {
            output.Content.AppendHtml(Element("p", error, ("class", "error"), ("id", $"{Name}-error")));
        }
    }

    private static TagBuilder Element(string name, string text, params (string Key, string Value)[] attributes)
    {
        var element = new TagBuilder(name);
        foreach (var (key, value) in attributes)
        {
            element.Attributes[key] = value;
        }

        element.InnerHtml.Append(text);
        return element;
    }
}
